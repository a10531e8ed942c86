package hapax.sync.format;

import hapax.sync.format.TargetFolder.OutgoingMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Writing a file that was not there before. */
final class NewFile {
  private NewFile() {}

  /**
   * Writes a message into a file dated as told; if that fails, there is none. A proven text comes
   * in one piece and is written under its name at once, which saves a rename, a fifth of the time.
   * Any other has the name {@code aside} until it is complete.
   */
  static void write(Path file, Path aside, OutgoingMessage message, TargetFolder.Text text)
      throws IOException {
    if (message.proven()) {
      write(file, message.date(), text);
    } else {
      write(aside, message.date(), text);
      Files.move(aside, file);
    }
  }

  private static void write(Path file, Instant date, TargetFolder.Text text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      text.writeTo(new Sink(channel));
    } catch (IOException failed) {
      Files.deleteIfExists(file);
      throw failed;
    }
    FileTime time = FileTime.from(date);
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, time, null);
  }

  /** Writes straight into a file: what comes is in large pieces. */
  static final class Sink extends OutputStream {
    private final FileChannel channel;

    Sink(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
      while (from.hasRemaining()) {
        channel.write(from);
      }
    }
  }
}
