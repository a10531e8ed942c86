package hapax.blob;

/** Where a frame begins: number of the pack, offset in it. */
record Place(int pack, long offset) implements Comparable<Place> {
  @Override
  public int compareTo(Place that) {
    return pack != that.pack ? Integer.compare(pack, that.pack) : Long.compare(offset, that.offset);
  }
}
