package hapax.reconstruct.signature;

/**
 * What the check of one message may still cost, whatever is nested in it. A bomb uses it up, and
 * then its verdict says so.
 */
final class Allowance {
  /** What an honest message may grow by when it is inflated, beyond its own size. */
  private static final long INFLATED = 64L << 20;

  /** Each level of encoding or enclosing may hold the whole message once more. */
  private static final int LEVELS = 4;

  /** Each signature may cover the whole message, over two kinds of line ends. */
  private static final int PASSES = 32;

  /** Public key operations in one message. */
  private static final int SIGNATURES = 300;

  private long decoded;
  private long digested;
  private int signatures = SIGNATURES;

  /** The allowance for a message of that length. */
  Allowance(long messageLength) {
    decoded = LEVELS * messageLength + INFLATED;
    digested = PASSES * messageLength + INFLATED;
  }

  /** The allowance for what is not decoded but kept. */
  static Allowance unlimited() {
    return new Allowance(Long.MAX_VALUE / (2 * PASSES));
  }

  void takeDecoded(long bytes) throws LimitException {
    decoded -= bytes;
    if (decoded < 0) {
      throw new LimitException("what is decoded from the message grows beyond the limit");
    }
  }

  void takeDigested(long bytes) throws LimitException {
    digested -= bytes;
    if (digested < 0) {
      throw new LimitException("the signatures cover more bytes together than the limit");
    }
  }

  void takeSignatures(int count) throws LimitException {
    signatures -= count;
    if (signatures < 0) {
      throw new LimitException("there are more than " + SIGNATURES + " signatures");
    }
  }
}
