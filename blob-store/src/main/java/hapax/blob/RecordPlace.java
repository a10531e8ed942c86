package hapax.blob;

/**
 * A record, and where it lay when {@link BlobStore#scanHeldInOrder} came by, to be read later with
 * {@link StoreReader#record(RecordPlace)} without looking for it in the catalog again.
 */
public final class RecordPlace {
  private final RecordId id;
  private final Place place;
  private final int entry;

  /** Entry number {@code entry} of the group at {@code place}. */
  RecordPlace(RecordId id, Place place, int entry) {
    this.id = id;
    this.place = place;
    this.entry = entry;
  }

  /** The record's id. */
  public RecordId id() {
    return id;
  }

  Place place() {
    return place;
  }

  int entry() {
    return entry;
  }
}
