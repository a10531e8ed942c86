package hapax.tools;

import hapax.blob.CorruptStoreException;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.mime.MessageHead;
import hapax.reconstruct.MessageReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads just the headers of stored messages; what comes after is not rebuilt. */
final class HeadReader {
  /** Headers longer than this are shown as far as they were read. */
  private static final int LIMIT = 256 * 1024;

  private final MessageReader messages;
  private final Set<String> damages = new TreeSet<>();

  /** Reads through {@code reader}, which stays the caller's to close. */
  HeadReader(StoreReader reader) {
    this.messages = new MessageReader(reader);
  }

  /** The head of a message; empty fields if the store does not have it, or has it damaged. */
  MessageHead head(RecordId message) throws IOException {
    return MessageHead.of(bytes(message));
  }

  /** A message's bytes up to the end of its header; none if the store does not have it. */
  byte[] bytes(RecordId message) throws IOException {
    Beginning beginning = new Beginning();
    try {
      messages.copyTo(message, beginning);
    } catch (EnoughException read) {
      return beginning.bytes.toByteArray();
    } catch (CorruptStoreException damaged) {
      damages.add(damaged.getMessage());
    }
    return beginning.bytes.toByteArray();
  }

  /** The damage that was met, each frame once. */
  List<String> damages() {
    return List.copyOf(damages);
  }

  /** Takes bytes until the header is whole. */
  private static final class Beginning extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int lineLength;

    @Override
    public void write(int b) throws IOException {
      bytes.write(b);
      if ((b == '\n' && lineLength == 0) || bytes.size() >= LIMIT) {
        throw new EnoughException();
      }
      if (b == '\n') {
        lineLength = 0;
      } else if (b != '\r') {
        lineLength++;
      }
    }
  }

  /** The header is whole. */
  private static final class EnoughException extends IOException {
    private static final long serialVersionUID = 1;
  }
}
