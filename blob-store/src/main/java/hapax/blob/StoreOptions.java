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
 */
record StoreOptions(long packBytes, int groupBytes, int smallBlob, int bulkLevel, int groupLevel) {
  static final StoreOptions DEFAULT = new StoreOptions(128L << 20, 2 << 20, 32 << 10, 3, 4);
}
