package hapax.blob;

import org.jspecify.annotations.Nullable;

/**
 * A record, and where it lay when {@link BlobStore#scanHeldInOrder} came by, to be read later with
 * {@link StoreReader#record(RecordPlace)} without looking for it in the catalog again.
 */
public final class RecordPlace implements Comparable<RecordPlace> {
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

  /** The order in which records lie. */
  @Override
  public int compareTo(RecordPlace that) {
    int order = place.compareTo(that.place);
    return order != 0 ? order : Integer.compare(entry, that.entry);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordPlace that
        && entry == that.entry
        && place.equals(that.place)
        && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Whether that record lies in the same group, which is decoded as a whole. */
  public boolean isBeside(RecordPlace that) {
    return place.equals(that.place);
  }

  Place place() {
    return place;
  }

  int entry() {
    return entry;
  }
}
