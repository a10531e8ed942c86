package hapax.sync;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.MessageReader;
import hapax.sync.format.TargetFolder;
import hapax.sync.format.TargetFolder.OutgoingMessage;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What one thread of an export works with. It keeps the two sides apart: a message that does not
 * come whole is a {@link DamageException}, for one message; any other exception is the target's,
 * and ends the export.
 */
final class ExportHand implements Closeable {
  /** Longest message that is held in memory until it is proven. */
  private static final int IN_MEMORY = 8 << 20;

  private final StoreReader reader;
  private final MessageReader messages;
  private final Buffer buffer = new Buffer();

  ExportHand(MailStore store) {
    this.reader = store.blobs().reader();
    this.messages = new MessageReader(reader);
  }

  /** A message can not be given back. */
  static final class DamageException extends IOException {
    private static final long serialVersionUID = 1;

    DamageException(String message) {
      super(message);
    }

    DamageException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  void put(Item item, TargetFolder folder) throws IOException {
    boolean proven = item.size() <= IN_MEMORY;
    OutgoingMessage message =
        new OutgoingMessage(
            item.id().toString(),
            item.uid(),
            item.size(),
            item.internalDate(),
            item.flags(),
            proven);
    if (proven) {
      buffer.reset();
      copy(item.message(), new Guard(buffer));
      folder.put(message, buffer::writeTo);
    } else {
      folder.put(message, out -> copy(item.message(), new Guard(out)));
    }
  }

  private void copy(RecordId message, Guard out) throws IOException {
    try {
      if (!messages.copyTo(message, out)) {
        throw new DamageException("the store has no message " + message);
      }
    } catch (DamageException absent) {
      throw absent;
    } catch (IOException failed) {
      if (out.failed) {
        throw failed;
      }
      throw new DamageException(failed);
    }
  }

  /** Knows whether it was the writing that failed. */
  private static final class Guard extends FilterOutputStream {
    private boolean failed;

    Guard(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      failed = true;
      out.write(bytes, offset, length);
      failed = false;
    }
  }

  /** Writes out what it holds in one piece, without a copy. */
  private static final class Buffer extends ByteArrayOutputStream {
    @Override
    public synchronized void writeTo(OutputStream out) throws IOException {
      out.write(buf, 0, count);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
