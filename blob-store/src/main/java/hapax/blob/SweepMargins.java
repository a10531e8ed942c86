package hapax.blob;

/**
 * When a sweep finds a pack worth the writing.
 *
 * @param deadPercent share of a pack, in percent of its bytes, that must be dead before the rest is
 *     copied out of it; 0 copies a pack for a single dead byte
 */
public record SweepMargins(int deadPercent) {
  /** For every day: space comes back at a price of at most three bytes written for each. */
  public static final SweepMargins USUAL = new SweepMargins(25);

  /** For whoever wants the space now: at most a twentieth of a pack stays dead. */
  public static final SweepMargins NOW = new SweepMargins(5);

  public SweepMargins {
    if (deadPercent < 0 || deadPercent > 100) {
      throw new IllegalArgumentException("not a percentage: " + deadPercent);
    }
  }

  /** Whether so many dead bytes of so many are more than the margin. */
  boolean exceededBy(long deadBytes, long bytes) {
    return deadBytes > 0 && deadBytes * 100.0 > (double) deadPercent * bytes;
  }
}
