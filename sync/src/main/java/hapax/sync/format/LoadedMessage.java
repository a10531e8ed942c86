package hapax.sync.format;

import hapax.reconstruct.MessageInput;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * A message that was read.
 *
 * @param date when it arrived, as far as the source tells
 * @param status where in {@link MessageInput.Bytes} header lines stand that mail programs change
 *     when a flag changes ({@code Status} and such); none for other inputs
 */
public record LoadedMessage(MessageInput input, Instant date, List<Range> status) {
  public LoadedMessage {
    status = List.copyOf(status);
  }

  /** A message without such lines. */
  public LoadedMessage(MessageInput input, Instant date) {
    this(input, date, List.of());
  }

  /** The bytes {@code [from, to)} of a message. */
  public record Range(int from, int to) {}

  /** SHA-256 of the message without its status lines: what stays when flags change. */
  public byte[] coreDigest() {
    MessageInput.Bytes bytes = (MessageInput.Bytes) input;
    MessageDigest digest = Sha256.start();
    int at = 0;
    for (Range range : status) {
      digest.update(bytes.array(), at, range.from() - at);
      at = range.to();
    }
    digest.update(bytes.array(), at, bytes.length() - at);
    return digest.digest();
  }
}
