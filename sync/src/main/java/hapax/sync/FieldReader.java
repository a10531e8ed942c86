package hapax.sync;

import hapax.blob.CorruptStoreException;
import hapax.blob.RecordId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields that {@link FieldWriter} wrote. Whatever does not fit fails with the name of the
 * whole, the offset in it, what was expected and what was found; nothing is reserved for a length
 * that the bytes do not bear out.
 */
public final class FieldReader {
  private static final int MAX_VARINT_BYTES = 10;

  /** What the decoder puts in place of bytes that are no UTF-8; may also stand there rightly. */
  private static final char REPLACEMENT = '\uFFFD';

  private final String what;
  private final ByteBuffer bytes;

  /** Reads {@code bytes} from their start; {@code what} names them in errors. */
  public FieldReader(String what, byte[] bytes) {
    this(what, bytes, bytes.length);
  }

  /** Reads the first {@code length} of {@code bytes}. */
  public FieldReader(String what, byte[] bytes, int length) {
    this.what = what;
    this.bytes = ByteBuffer.wrap(bytes, 0, length);
  }

  public int position() {
    return bytes.position();
  }

  int remaining() {
    return bytes.remaining();
  }

  public CorruptStoreException fault(int offset, String expected, String found) {
    return new CorruptStoreException(what, offset, expected, found);
  }

  private void expect(long count, String field) throws CorruptStoreException {
    if (count > bytes.remaining()) {
      throw fault(
          bytes.position(),
          field + " of " + Long.toUnsignedString(count) + " bytes",
          bytes.remaining() + " bytes");
    }
  }

  public int octet(String field) throws CorruptStoreException {
    expect(1, field);
    return bytes.get() & 0xFF;
  }

  public long fixed32(String field) throws CorruptStoreException {
    expect(Integer.BYTES, field);
    return Integer.toUnsignedLong(bytes.getInt());
  }

  public long fixed64(String field) throws CorruptStoreException {
    expect(Long.BYTES, field);
    return bytes.getLong();
  }

  public long varint(String field) throws CorruptStoreException {
    int start = bytes.position();
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      int next = octet(field);
      value |= (next & 0x7FL) << (7 * i);
      if (next < 0x80) {
        if ((next == 0 && i > 0) || (next > 1 && i == MAX_VARINT_BYTES - 1)) {
          break;
        }
        return value;
      }
    }
    throw fault(start, field + ", the shortest varint of at most 64 bits", "another");
  }

  /** A varint from {@code min} to {@code max}. */
  public long varint(String field, long min, long max) throws CorruptStoreException {
    int start = bytes.position();
    long value = varint(field);
    if (value < min || value > max) {
      throw fault(start, field + " from " + min + " to " + max, Long.toUnsignedString(value));
    }
    return value;
  }

  long signed(String field) throws CorruptStoreException {
    long value = varint(field);
    return (value >>> 1) ^ -(value & 1);
  }

  /** How many things of at least {@code size} bytes each follow. */
  public int count(String field, int size) throws CorruptStoreException {
    return (int) varint("number of " + field, 0, bytes.remaining() / size);
  }

  public String text(String field) throws CorruptStoreException {
    long length = varint("length of " + field, 0, Integer.MAX_VALUE);
    expect(length, field);
    int start = bytes.position();
    bytes.position(start + (int) length);
    String text =
        new String(
            bytes.array(), bytes.arrayOffset() + start, (int) length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      checkUtf8(field, start, (int) length);
    }
    return text;
  }

  private void checkUtf8(String field, int start, int length) throws CorruptStoreException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(start, length));
    } catch (CharacterCodingException bad) {
      throw fault(start, field + " in UTF-8", "other bytes (" + bad.getMessage() + ")");
    }
  }

  ItemId item(String field) throws CorruptStoreException {
    expect(ItemId.BYTES, field);
    return ItemId.readFrom(bytes);
  }

  MailboxId mailbox(String field) throws CorruptStoreException {
    expect(MailboxId.BYTES, field);
    return MailboxId.readFrom(bytes);
  }

  Stamp stamp(String field) throws CorruptStoreException {
    return new Stamp(fixed64(field), fixed64(field));
  }

  public RecordId record(String field) throws CorruptStoreException {
    expect(32, field);
    return RecordId.readFrom(bytes);
  }

  /** The next {@code length} bytes, a fresh array. */
  public byte[] raw(long length, String field) throws CorruptStoreException {
    expect(length, field);
    byte[] raw = new byte[(int) length];
    bytes.get(raw);
    return raw;
  }

  /** Everything that is left, not copied. */
  public ByteBuffer rest() {
    ByteBuffer rest = bytes.slice();
    bytes.position(bytes.limit());
    return rest;
  }

  /** Passes over everything that is left; says how many bytes. */
  public int skipRest() {
    int rest = bytes.remaining();
    bytes.position(bytes.limit());
    return rest;
  }

  /** Fails unless everything was read. */
  public void end() throws CorruptStoreException {
    if (bytes.hasRemaining()) {
      throw fault(bytes.position(), "the end", bytes.remaining() + " more bytes");
    }
  }
}
