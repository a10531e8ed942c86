package hapax.reconstruct;

import hapax.blob.RecordId;
import hapax.mime.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Brings a message to where it can be read several times: memory if it is short, else a file. */
final class InputLoader {
  /** Longest message that is held in memory, with its decoded content beside it. */
  static final int IN_MEMORY = 8 << 20;

  private byte[] buffer = new byte[1 << 18];

  /** A message ready for work; closing it removes a spooled copy. */
  static final class Loaded implements Closeable {
    private final ByteSource source;
    private final byte @Nullable [] array;
    private final @Nullable FileSource file;
    private final @Nullable Path spooled;
    private final RecordId id;
    private @Nullable ComparingSink comparison;
    private final DigestSink digest = new DigestSink();

    private Loaded(byte[] array, int length) throws IOException {
      this.source = ByteSource.of(array, length);
      this.array = array;
      this.file = null;
      this.spooled = null;
      this.id = digestOf(source);
    }

    private Loaded(FileSource file, @Nullable Path spooled) throws IOException {
      this.source = file;
      this.array = null;
      this.file = file;
      this.spooled = spooled;
      this.id = digestOf(source);
    }

    private RecordId digestOf(ByteSource message) throws IOException {
      message.copyTo(0, message.length(), digest);
      return RecordId.of(digest.finish());
    }

    ByteSource source() {
      return source;
    }

    RecordId id() {
      return id;
    }

    boolean inMemory() {
      return array != null;
    }

    /** Where a rebuilt copy is to be written; afterwards {@link #comparedEqual} tells. */
    OutputStream comparison() {
      if (array != null) {
        ComparingSink sink = new ComparingSink(array, (int) source.length());
        comparison = sink;
        return sink;
      }
      digest.finish();
      return digest;
    }

    /**
     * Whether what was written to the last {@link #comparison} is the message: byte by byte, or by
     * digest.
     */
    boolean comparedEqual() {
      if (comparison != null) {
        return comparison.isEqual();
      }
      return digest.length() == source.length() && RecordId.of(digest.finish()).equals(id);
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
      if (spooled != null) {
        Files.deleteIfExists(spooled);
      }
    }
  }

  /** Loads {@code input}; the result is good until the next call. */
  Loaded load(MessageInput input) throws IOException {
    if (input instanceof MessageInput.Bytes bytes) {
      return new Loaded(bytes.array(), bytes.length());
    }
    if (input instanceof MessageInput.File file) {
      return loadFile(new FileSource(file.file(), file.from(), file.to()));
    }
    return loadStream(((MessageInput.Stream) input).stream());
  }

  private Loaded loadFile(FileSource file) throws IOException {
    try {
      if (file.length() > IN_MEMORY) {
        return new Loaded(file, null);
      }
      int length = (int) file.length();
      reserve(length);
      file.copyTo(0, length, new Filler());
    } catch (IOException failed) {
      file.close();
      throw failed;
    }
    int length = (int) file.length();
    file.close();
    return new Loaded(buffer, length);
  }

  private Loaded loadStream(InputStream stream) throws IOException {
    int length = 0;
    for (int n; length < IN_MEMORY; length += n) {
      reserve(length + 1);
      n = stream.read(buffer, length, Math.min(buffer.length, IN_MEMORY) - length);
      if (n < 0) {
        return new Loaded(buffer, length);
      }
    }
    return spool(length, stream);
  }

  /** Keeps what was read and what is to come in a file of its own until the delivery is over. */
  private Loaded spool(int length, InputStream rest) throws IOException {
    Path spooled = Files.createTempFile("hapax-", ".spool");
    try {
      try (OutputStream out = Files.newOutputStream(spooled)) {
        out.write(buffer, 0, length);
        rest.transferTo(out);
      }
      return new Loaded(new FileSource(spooled, 0, -1), spooled);
    } catch (IOException failed) {
      Files.deleteIfExists(spooled);
      throw failed;
    }
  }

  private void reserve(int length) {
    if (buffer.length < length) {
      byte[] larger = new byte[Math.min(IN_MEMORY, Math.max(length, 2 * buffer.length))];
      System.arraycopy(buffer, 0, larger, 0, buffer.length);
      buffer = larger;
    }
  }

  /** Writes into the buffer from its beginning. */
  private final class Filler extends OutputStream {
    private int at;

    @Override
    public void write(int b) {
      buffer[at++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      System.arraycopy(bytes, offset, buffer, at, count);
      at += count;
    }
  }
}
