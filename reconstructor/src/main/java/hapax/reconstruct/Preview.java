package hapax.reconstruct;

import hapax.blob.RecordId;
import hapax.mime.ByteSource;
import java.io.IOException;

/** Looks at a message before the store takes it in; no unit of work is open then. */
@FunctionalInterface
public interface Preview {
  /** Looks at nothing. */
  Preview NONE = (id, message) -> {};

  /**
   * Looks at a message.
   *
   * @param message its bytes, good until this returns
   * @throws IOException if they can not be read; the message is then not taken in
   */
  void look(RecordId id, ByteSource message) throws IOException;
}
