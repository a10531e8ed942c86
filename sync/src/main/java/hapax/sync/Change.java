package hapax.sync;

import hapax.blob.CorruptStoreException;
import hapax.blob.StoreFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One entry of an account's change log. Its bytes are the same in the log, on the line and in a
 * bundle; {@code doc/change.md} draws them.
 *
 * @param origin the replica that made it
 * @param sequence its number among the changes of that replica to that account, from 1 without
 *     holes
 * @param time hybrid time at which it was made (see {@link Stamp}), not 0
 * @param account the account's name
 */
record Change(long origin, long sequence, long time, String account, Body body) {
  /** The first version of the format. */
  static final int VERSION_START = 1;

  /** The version that this program writes, and the highest that it reads. */
  static final int VERSION_CURRENT = VERSION_START;

  Change {
    Names.account(account);
    if (time == 0) {
      throw new IllegalArgumentException("expected a stamp, found 0");
    }
    if (sequence < 1) {
      throw new IllegalArgumentException("expected a sequence number from 1, found " + sequence);
    }
    if (body instanceof AccountBody.Trimmed trimmed && trimmed.count() > sequence) {
      throw new IllegalArgumentException(
          "expected at most " + sequence + " changes trimmed, found " + trimmed.count());
    }
  }

  /** The number of the first change that it stands for: its own, unless it stands for several. */
  long first() {
    return body instanceof AccountBody.Trimmed trimmed ? sequence - trimmed.count() + 1 : sequence;
  }

  Stamp stamp() {
    return new Stamp(time, origin);
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter();
    to.octet(VERSION_CURRENT).octet(body.code());
    to.fixed64(origin).fixed64(time).varint(sequence).text(account);
    body.writeTo(to);
    return to.toBytes();
  }

  /**
   * The change whose bytes are {@code entry}.
   *
   * @throws StoreFormatException if a newer program wrote it and this one may not pass over it
   * @throws CorruptStoreException if it is no change
   */
  static Change decode(byte[] entry) throws IOException {
    FieldReader from = new FieldReader("change", entry);
    checkVersion(from);
    int code = from.octet("kind of body");
    try {
      long origin = from.fixed64("origin");
      long time = from.fixed64("stamp");
      long sequence = from.varint("sequence number", 1, Long.MAX_VALUE);
      String account = from.text("account");
      Change change = new Change(origin, sequence, time, account, Body.read(code, from));
      from.end();
      return change;
    } catch (IllegalArgumentException bad) {
      String found = String.valueOf(bad.getMessage());
      throw from.fault(from.position(), "a valid field before", found);
    }
  }

  private static void checkVersion(FieldReader from) throws IOException {
    int version = from.octet("version");
    if (version > VERSION_CURRENT) {
      throw new StoreFormatException(
          "a change is of version "
              + version
              + ", this program knows up to "
              + VERSION_CURRENT
              + "; a newer version of the program is needed");
    }
    if (version < VERSION_START) {
      throw from.fault(0, "a version from " + VERSION_START, String.valueOf(version));
    }
  }

  /**
   * The key of the change in the log: account, a zero, origin, sequence number, so that a scan
   * shows the changes of one origin to one account in order.
   */
  byte[] logKey() {
    return logKey(account, origin, sequence);
  }

  /** The key after all changes of an origin to an account. */
  static byte[] afterLast(String account, long origin) {
    return logKey(account, origin, -1);
  }

  /** The number of a change by its key in the log. */
  static long sequenceOf(byte[] logKey) {
    return ByteBuffer.wrap(logKey).getLong(logKey.length - Long.BYTES);
  }

  static byte[] logKey(String account, long origin, long sequence) {
    byte[] name = account.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 1 + 2 * Long.BYTES)
        .put(name)
        .put((byte) 0)
        .putLong(origin)
        .putLong(sequence)
        .array();
  }
}
