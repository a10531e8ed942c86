package hapax.mime;

/**
 * What the splitter looks for and where it stops looking. What lies beyond a limit is one leaf, so
 * a limit never costs exactness.
 *
 * @param minBase64 shortest base64 part, in bytes of encoded text, that is a candidate
 * @param minText shortest part of any other encoding, in bytes, that is a candidate
 * @param maxDepth deepest nesting of multiparts and embedded messages that is looked into
 * @param maxParts most candidates in one message
 */
public record SplitLimits(int minBase64, int minText, int maxDepth, int maxParts) {
  /** The defaults; {@code doc/splitting.md} has the measured curves behind them. */
  public static final SplitLimits DEFAULT = new SplitLimits(1024, 2048, 100, 10_000);

  public SplitLimits {
    if (minBase64 < 1 || minText < 1 || maxDepth < 0 || maxParts < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
