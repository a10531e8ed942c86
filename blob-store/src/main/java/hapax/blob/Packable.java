package hapax.blob;

/** What {@link ParcelCodec} packs: a parcel under way, or a group that lies packed in the store. */
public sealed interface Packable permits Parcel.Builder, PackedGroup {}
