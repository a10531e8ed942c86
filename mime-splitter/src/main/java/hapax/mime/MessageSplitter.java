package hapax.mime;

import java.io.IOException;

/**
 * Finds the parts of a message in one pass, in linear time and bounded memory, whatever its bytes.
 * Any number of threads may share one. {@code doc/splitting.md} has the rules.
 */
public final class MessageSplitter {
  private final SplitLimits limits;

  public MessageSplitter(SplitLimits limits) {
    this.limits = limits;
  }

  /**
   * The parts of {@code message}. Any byte sequence is accepted.
   *
   * @throws IOException if the source can not be read
   */
  public Split split(ByteSource message) throws IOException {
    Window window = new Window();
    window.open(message);
    return new MessageScan(limits, window).run();
  }
}
