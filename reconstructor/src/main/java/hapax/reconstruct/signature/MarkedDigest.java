package hapax.reconstruct.signature;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Digests of several prefixes of one stream, in one pass over it. Small writes are gathered: a
 * digest takes each of them at the price of a large one.
 */
final class MarkedDigest extends OutputStream {
  private static final int SMALL = 1 << 10;

  private final MessageDigest digest;
  private final SortedSet<Long> marks = new TreeSet<>();
  private final Map<Long, byte[]> prefixes = new HashMap<>();
  private final byte[] gathered = new byte[8 * SMALL];
  private int held;
  private long position;

  MarkedDigest(MessageDigest digest) {
    this.digest = digest;
  }

  /** Asks for the digest of the first {@code length} bytes; before the first write. */
  void mark(long length) {
    marks.add(length);
  }

  @Override
  public void write(int b) {
    room(1);
    gathered[held++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > SMALL) {
      flush();
      take(bytes, offset, length);
    } else {
      room(length);
      System.arraycopy(bytes, offset, gathered, held, length);
      held += length;
    }
  }

  private void room(int length) {
    if (length > gathered.length - held) {
      flush();
    }
  }

  @Override
  public void flush() {
    take(gathered, 0, held);
    held = 0;
  }

  private void take(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (!marks.isEmpty() && marks.first() < position + (end - at)) {
      int n = (int) (marks.first() - position);
      update(bytes, at, n);
      at += n;
      takeMark();
    }
    update(bytes, at, end - at);
  }

  private void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    position += length;
  }

  private void takeMark() {
    prefixes.put(marks.first(), DigestName.copy(digest).digest());
    marks.remove(marks.first());
  }

  /** The digest of the first {@code length} bytes, or of all if the stream is shorter. */
  byte[] prefix(long length) {
    flush();
    byte[] known = prefixes.get(length);
    return known != null ? known.clone() : DigestName.copy(digest).digest();
  }

  /** How many bytes came. */
  long length() {
    return position + held;
  }
}
