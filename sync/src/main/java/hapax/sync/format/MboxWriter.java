package hapax.sync.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes one mbox by the mboxrd rule. Its From_ lines say so, and which messages have no line end
 * at their end, so that reading it again gives every message back bit for bit. Until it is complete
 * it has another name.
 */
final class MboxWriter implements TargetFolder {
  /** Ending of the name of an mbox until it is complete. */
  static final String PART = ".part";

  private static final int WINDOW = 1 << 20;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final Out out = new Out();
  private final MboxQuoting quoting = MboxQuoting.quoting(out);

  MboxWriter(Path folder, String name) throws IOException {
    this.file = FileNames.resolve(folder, name);
    this.part = FileNames.resolve(folder, name + PART);
    this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public boolean isOneFile() {
    return true;
  }

  @Override
  public void put(OutgoingMessage message, Text text) throws IOException {
    long start = out.position();
    try {
      out.write(FromLine.write(message.date()));
      out.last = 0;
      text.writeTo(quoting);
      quoting.finish();
      if (out.last != '\n') {
        out.write('\n');
        markOpen(start);
      }
      out.write('\n');
    } catch (IOException failed) {
      quoting.finish();
      out.flush();
      channel.truncate(start);
      channel.position(start);
      throw failed;
    }
  }

  private void markOpen(long fromLine) throws IOException {
    out.flush();
    ByteBuffer sender = ByteBuffer.wrap(FromLine.MBOXRD_OPEN.getBytes(StandardCharsets.US_ASCII));
    while (sender.hasRemaining()) {
      channel.write(sender, fromLine + "From ".length() + sender.position());
    }
  }

  @Override
  public List<String> losses() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      out.flush();
    }
    Files.move(part, file);
  }

  /** Gathers what is written, and knows the last byte of it. */
  private final class Out extends OutputStream {
    private final byte[] window = new byte[WINDOW];
    private int used;
    private int last;

    long position() throws IOException {
      return channel.position() + used;
    }

    @Override
    public void write(int b) throws IOException {
      if (used == window.length) {
        flush();
      }
      window[used++] = (byte) b;
      last = b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return;
      }
      if (length > window.length - used) {
        flush();
      }
      if (length > window.length) {
        drain(ByteBuffer.wrap(bytes, offset, length));
      } else {
        System.arraycopy(bytes, offset, window, used, length);
        used += length;
      }
      last = bytes[offset + length - 1];
    }

    @Override
    public void flush() throws IOException {
      int length = used;
      used = 0;
      drain(ByteBuffer.wrap(window, 0, length));
    }

    private void drain(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
