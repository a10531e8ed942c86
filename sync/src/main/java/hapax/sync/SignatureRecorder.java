package hapax.sync;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.reconstruct.Preview;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.reconstruct.signature.SignaturePreview;
import hapax.reconstruct.signature.SignatureRecord;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes down what the signatures of arriving messages are worth, with the keys as they stand now.
 * It sees each message before the store takes it in, when no unit of work is open, since keys may
 * be asked for in DNS. One for each thread.
 *
 * <pre>{@code
 * SignatureRecorder recorder = new SignatureRecorder(check);
 * Deliverer deliverer = new Deliverer(store.blobs(), recorder.preview());
 * deliverer.deliver(input, (unit, message) -> recorder.record(account, unit, message.message()));
 * }</pre>
 */
public final class SignatureRecorder {
  private final SignaturePreview preview;

  /** A recorder of what {@code check} finds. */
  public SignatureRecorder(SignatureCheck check) {
    this.preview = new SignaturePreview(check);
  }

  /** What must see each message. */
  public Preview preview() {
    return preview;
  }

  /** Whether the message, which must be the last that was seen, has signatures to record. */
  public boolean hasRecordOf(RecordId message) {
    return preview.record(message).isPresent();
  }

  /**
   * Records the signatures of the message that was seen last, unless it has none or the account has
   * a record of it; says whether it did.
   */
  public boolean record(Account account, Intake unit, RecordId message) throws IOException {
    Optional<SignatureRecord> record = preview.record(message);
    if (record.isEmpty() || account.signatures(message).isPresent()) {
      return false;
    }
    account.recordSignatures(unit, message, record.get().text());
    return true;
  }
}
