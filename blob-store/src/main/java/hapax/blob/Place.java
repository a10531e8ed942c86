package hapax.blob;

import org.jspecify.annotations.Nullable;

/** Where a frame begins: number of the pack, offset in it. */
record Place(int pack, long offset) implements Comparable<Place> {
  @Override
  public int compareTo(Place that) {
    return pack != that.pack ? Integer.compare(pack, that.pack) : Long.compare(offset, that.offset);
  }

  // Those that a record has are put together when they are first called, which takes 10 ms.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place that && pack == that.pack && offset == that.offset;
  }

  @Override
  public int hashCode() {
    return 31 * pack + Long.hashCode(offset);
  }
}
