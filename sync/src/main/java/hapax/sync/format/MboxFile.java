package hapax.sync.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * An mbox whose messages were found.
 *
 * @param scanned what the file was when they were
 * @param quoted whether its messages are quoted by the mboxrd rule
 */
record MboxFile(Path path, BasicFileAttributes scanned, MboxIndex index, boolean quoted) {
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

  /** The From_ line of a message, read anew. */
  FromLine fromLine(FileChannel channel, int n) throws IOException {
    long from = index.fromLine(n);
    int length = (int) Math.min(FromLine.MAX_LENGTH, index.start(n) - from);
    byte[] line = new byte[length];
    ByteBuffer into = ByteBuffer.wrap(line);
    while (into.hasRemaining() && channel.read(into, from + into.position()) > 0) {
      // Until the line is whole or the file ends.
    }
    if (!FromLine.startsAt(line, 0, into.position())) {
      throw changed(from);
    }
    return FromLine.parse(line, 0, into.position());
  }

  /** Makes sure that a message that was read still ends where it was found to end. */
  void checkEnd(FileChannel channel, int n) throws IOException {
    if (WholeFile.isSame(scanned, WholeFile.attributes(path))) {
      return;
    }
    boolean last = n + 1 == index.count();
    long next = last ? scanned.size() : index.fromLine(n + 1);
    ByteBuffer start = ByteBuffer.allocate(FROM.length);
    int read = channel.read(start, next);
    boolean grown = last && channel.size() >= next && read < FROM.length;
    if (!grown && !FromLine.startsAt(start.array(), 0, Math.max(0, read))) {
      throw changed(next);
    }
  }

  private static IOException changed(long offset) {
    return new EOFException(
        "at offset " + offset + ": expected \"From \": the file changed while it was read");
  }
}
