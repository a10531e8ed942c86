package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Gives verdicts on the signatures of messages. Memory does not grow with the message, and neither
 * malformed nor hostile signatures make it fail: they get a verdict that says what is wrong. Any
 * thread may use it.
 */
public final class SignatureCheck {
  private final Keys keys;
  private final Clock clock;

  /** A check with these keys; {@code clock} says what has expired. */
  public SignatureCheck(Keys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * One verdict for each signature of {@code message}, always in the same order; none for a message
   * without signatures.
   *
   * @throws IOException only if the source can not be read
   */
  public List<Verdict> check(ByteSource message) throws IOException {
    return check(message, clock.instant());
  }

  private List<Verdict> check(ByteSource message, Instant now) throws IOException {
    return new Inspector(keys, now, message.length()).inspect(message);
  }

  /**
   * What {@link #check} finds, to be kept with the keys; empty for a message without signatures.
   *
   * @throws IOException only if the source can not be read
   */
  public Optional<SignatureRecord> record(ByteSource message) throws IOException {
    Instant now = clock.instant();
    List<Verdict> verdicts = check(message, now);
    return verdicts.isEmpty() ? Optional.empty() : Optional.of(SignatureRecord.of(now, verdicts));
  }
}
