package hapax.reconstruct.signature;

import hapax.blob.RecordId;
import hapax.mime.ByteSource;
import hapax.reconstruct.Preview;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of messages on their way in. One for each thread. */
public final class SignaturePreview implements Preview {
  private final SignatureCheck check;
  private @Nullable RecordId seen;
  private Optional<SignatureRecord> record = Optional.empty();

  /** A preview by {@code check}. */
  public SignaturePreview(SignatureCheck check) {
    this.check = check;
  }

  @Override
  public void look(RecordId id, ByteSource message) throws IOException {
    seen = null;
    record = check.record(message);
    seen = id;
  }

  /** The record of a message if it is the one that was seen last, and has signatures. */
  public Optional<SignatureRecord> record(RecordId message) {
    return message.equals(seen) ? record : Optional.empty();
  }
}
