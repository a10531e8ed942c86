package hapax.mime;

import java.io.IOException;

/**
 * Finds the parts of a message in one pass, in linear time and bounded memory, whatever its bytes.
 */
public final class MessageSplitter {
  private final SplitLimits limits;

  public MessageSplitter(SplitLimits limits) {
    this.limits = limits;
  }

  /** The parts of {@code message}. Any byte sequence is accepted. */
  public Split split(ByteSource message) throws IOException {
    throw new UnsupportedOperationException("split " + limits + message);
  }
}
