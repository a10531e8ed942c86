package hapax.mime;

/** When a shape costs more than it is worth. */
final class ShapeLimits {
  /** A shape may cost one byte for this many bytes of text. */
  private static final int TEXT_PER_COST = 5;

  /** Bytes that any shape may cost, so that tiny texts have one. */
  private static final int ALWAYS = 64;

  /** Bytes that text may be odd ahead of its share while it is read: a bad beginning. */
  private static final int SLACK = 4 << 10;

  /** Bytes of the largest shape; it is held in memory. */
  private static final int MOST = 4 << 20;

  private ShapeLimits() {}

  /** Whether a finished shape is refused. */
  static boolean isTooDear(long cost, long textLength) {
    return cost > MOST || cost > Math.max(ALWAYS, textLength / TEXT_PER_COST);
  }

  /** Whether reading on is given up. */
  static boolean isHopeless(long cost, long textLength) {
    return cost > MOST || cost > SLACK + textLength / TEXT_PER_COST;
  }
}
