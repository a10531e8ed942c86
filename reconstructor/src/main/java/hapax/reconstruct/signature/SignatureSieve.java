package hapax.reconstruct.signature;

import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.reconstruct.MessageReader;
import java.io.IOException;
import java.util.List;

/**
 * Tells which stored messages can have no signature, from their outlines: most mail has none, and
 * need not be rebuilt to know it. The walk that finds signatures is the judge, so what it would
 * find in the whole message it finds here. One for each thread.
 */
public final class SignatureSieve {
  private final MessageReader messages;
  private final MessageBuffer outline = new MessageBuffer();

  /** Reads through {@code reader}, which stays the caller's to close. */
  public SignatureSieve(StoreReader reader) {
    this.messages = new MessageReader(reader);
  }

  /**
   * Whether {@link SignatureCheck} may have a verdict on the message of {@code record}; if not, it
   * has none for certain, provided that the record and its blobs are whole.
   *
   * @throws IOException if stored bytes that are read are damaged; base64 attachments are not read
   */
  public boolean canBeSigned(StoredRecord record) throws IOException {
    try {
      List<Long> gaps = messages.copyOutline(record, outline);
      MessagePart message = MessagePart.read(outline, 0, outline.length(), "");
      return message.header().isCut() || StructureWalk.mayMatter(message, gaps);
    } finally {
      outline.clear();
    }
  }
}
