package hapax.sync.format;

import hapax.reconstruct.MessageInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reading a file that is one message. */
final class WholeFile {
  private static final int ATTEMPTS = 3;

  private WholeFile() {}

  /**
   * Reads the file as it stood at one moment.
   *
   * @throws IOException if it can not be read, is no regular file, or is never at rest
   */
  static LoadedMessage load(Path file, LoadBuffer buffer) throws IOException {
    return load(file, size -> read(file, size, buffer));
  }

  /** Reads so many bytes of a file. */
  @FunctionalInterface
  interface SizedRead {
    MessageInput read(long size) throws IOException;
  }

  /** Reads the file with {@code read}, again as long as it changes meanwhile. */
  static LoadedMessage load(Path file, SizedRead read) throws IOException {
    BasicFileAttributes before = attributes(file);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      MessageInput input = read.read(before.size());
      BasicFileAttributes after = attributes(file);
      if (isSame(before, after)) {
        return new LoadedMessage(input, date(after));
      }
      before = after;
    }
    throw new IOException("it changes while it is read");
  }

  /** What is known of a file without reading it. */
  static BasicFileAttributes attributes(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new IOException("not a regular file");
    }
    return found;
  }

  /** When a file was last changed, in the milliseconds that the store keeps. */
  static Instant date(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether nothing was written to a file between two looks. */
  static boolean isSame(BasicFileAttributes a, BasicFileAttributes b) {
    return a.size() == b.size() && a.lastModifiedTime().equals(b.lastModifiedTime());
  }

  private static MessageInput read(Path file, long size, LoadBuffer buffer) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (size > LoadBuffer.MAX_LENGTH) {
        return new MessageInput.File(file, 0, size);
      }
      return buffer.message(buffer.read(channel, 0, (int) size));
    }
  }
}
