package hapax.blob;

/**
 * Sizes and levels of a store; {@code doc/pack.md} has the measurements behind the defaults.
 *
 * @param packBytes length at which a pack is sealed
 * @param groupBytes raw length at which a group is written
 * @param smallBlob content shorter than this goes into groups
 * @param bulkLevel zstd level of bulk frames
 * @param groupLevel zstd level of groups: 4 takes a tenth less processor time for an import than 6,
 *     and half a percent more room at most
 * @param rowBytes what the rows of a large unit of work may take in memory before they go to the
 *     catalog ahead of the commit; a batch larger than the engine's write buffer leaves its cache
 *     no room
 */
record StoreOptions(
    long packBytes, int groupBytes, int smallBlob, int bulkLevel, int groupLevel, long rowBytes) {
  /** A unit that makes so many times {@link #rowBytes} is a large one. */
  private static final int LARGE = 4;

  static final StoreOptions DEFAULT =
      new StoreOptions(128L << 20, 2 << 20, 32 << 10, 3, 4, 8L << 20);

  /** How many rows of what is dead one commit of a sweep removes, about. */
  int rowsAtOnce() {
    return (int) (rowBytes >> 8);
  }

  /**
   * From how many bytes of rows on a unit of work counts as large. A message that is imported makes
   * far less, and so do almost all batches of sessions.
   */
  long largeUnit() {
    return LARGE * rowBytes;
  }
}
