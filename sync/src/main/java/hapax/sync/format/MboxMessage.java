package hapax.sync.format;

import hapax.reconstruct.MessageInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One message of an mbox. */
final class MboxMessage implements SourceMessage {
  /** How much of a long message is searched for its flags. */
  private static final int LONG_HEAD = 1 << 20;

  private final MboxFile file;
  private final int number;
  private Optional<Set<String>> flags = Optional.empty();

  MboxMessage(MboxFile file, int number) {
    this.file = file;
    this.number = number;
  }

  @Override
  public String place() {
    return file.path() + " message " + (number + 1);
  }

  @Override
  public Optional<Label> label() {
    return Optional.empty();
  }

  @Override
  public Optional<Set<String>> flags() {
    return flags;
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public LoadedMessage load(LoadBuffer buffer) throws IOException {
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      FromLine line = file.fromLine(channel, number);
      Instant date = line.date().orElseGet(() -> WholeFile.date(file.scanned()));
      boolean quoted = file.quoted() || line.isMboxrd();
      long end = file.index().end(number) - (line.isOpen() ? 1 : 0);
      end = Math.max(end, file.index().start(number));
      LoadedMessage message = load(channel, end, quoted, date, buffer);
      file.checkEnd(channel, number);
      return message;
    }
  }

  private LoadedMessage load(
      FileChannel channel, long end, boolean quoted, Instant date, LoadBuffer buffer)
      throws IOException {
    long start = file.index().start(number);
    if (end - start > LoadBuffer.MAX_LENGTH) {
      readStatus(channel, start, buffer);
      MessageInput input =
          quoted
              ? new MessageInput.Stream(new UnquotedInput(file.path(), start, end))
              : new MessageInput.File(file.path(), start, end);
      return new LoadedMessage(input, date);
    }
    int length = buffer.read(channel, start, (int) (end - start));
    if (length < end - start) {
      throw new EOFException("the file became shorter while it was read");
    }
    length = quoted ? unquote(buffer, length) : length;
    MboxStatus status = MboxStatus.read(buffer.bytes(), length);
    flags = status.flags();
    return new LoadedMessage(buffer.message(length), date, status.lines());
  }

  private void readStatus(FileChannel channel, long start, LoadBuffer buffer) throws IOException {
    int head = buffer.read(channel, start, LONG_HEAD);
    flags = MboxStatus.read(buffer.bytes(), head).flags();
  }

  private static int unquote(LoadBuffer buffer, int length) throws IOException {
    InPlace sink = new InPlace(buffer.bytes());
    MboxQuoting unquoting = MboxQuoting.unquoting(sink);
    unquoting.write(buffer.bytes(), 0, length);
    unquoting.finish();
    return sink.length;
  }

  /** Writes to the beginning of an array whose bytes were read before. */
  private static final class InPlace extends OutputStream {
    private final byte[] array;
    private int length;

    InPlace(byte[] array) {
      this.array = array;
    }

    @Override
    public void write(int b) {
      array[length++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      System.arraycopy(bytes, offset, array, length, count);
      length += count;
    }
  }
}
