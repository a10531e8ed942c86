package hapax.blob;

/**
 * How much a check reads. Structure is always checked: headers, footers, the chain of commits, and
 * that every reference row has its blob and record.
 *
 * @param percent share of the frames, 0 to 100, whose checksums are verified and whose content is
 *     decoded and hashed; which ones is a matter of chance
 * @param catalog whether the catalog is compared row for row with what the packs give
 */
public record CheckScope(double percent, boolean catalog) {
  /** Takes seconds, whatever the store's size: one frame in a hundred. */
  public static final CheckScope QUICK = new CheckScope(1, false);

  /** Everything. */
  public static final CheckScope FULL = new CheckScope(100, true);

  public CheckScope {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("not a percentage: " + percent);
    }
  }
}
