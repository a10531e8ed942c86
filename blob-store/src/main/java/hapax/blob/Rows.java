package hapax.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys and values of the catalog's rows: the one home of their format; {@code doc/catalog.md} has
 * the table.
 */
final class Rows {
  static final byte BLOB = 'B';
  static final byte RECORD = 'R';
  static final byte LOG = 'L';
  static final byte UPPER = 'U';
  static final byte POSITION = 'P';
  static final byte PACK = 'K';
  static final byte HIDES = 'H';
  static final byte DAMAGED = 'D';

  private static final byte[] NOTHING = new byte[0];
  private static final int IN_GROUP = 0;
  private static final int IN_BULK = 1;
  private static final int HOLDER = 16;

  private Rows() {}

  /** Where a blob's content is. */
  sealed interface BlobRow {
    long length();

    /** Bytes that it takes in packs. */
    long storedBytes();

    /** Entry number {@code entry} of the group at {@code place}. */
    record Small(long length, long storedBytes, Place place, int entry) implements BlobRow {
      boolean isAt(Place at, int number) {
        return entry == number && place.equals(at);
      }
    }

    /** The frames of its pieces, in order. */
    record Large(long length, long storedBytes, List<Place> pieces) implements BlobRow {}
  }

  /**
   * Where a record is, and what statistics want to know of it.
   *
   * @param storedBytes its share of the bytes that its group takes
   */
  record RecordRow(Place place, int entry, long length, long storedBytes, ByteBuffer summary) {
    boolean isAt(Place at, int number) {
      return entry == number && place.equals(at);
    }
  }

  static byte[] key(byte space, byte[] rest) {
    byte[] key = new byte[1 + rest.length];
    key[0] = space;
    System.arraycopy(rest, 0, key, 1, rest.length);
    return key;
  }

  /** The first key after all that begin with {@code prefix}. */
  static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) {
      if (++end[i] != 0) {
        return Arrays.copyOf(end, i + 1);
      }
    }
    throw new IllegalArgumentException("no key follows all of these");
  }

  static byte[] blob(BlobId id) {
    return key(BLOB, id.toBytes());
  }

  static byte[] reference(BlobId blob, RecordId record) {
    ByteBuffer key = ByteBuffer.allocate(1 + 2 * Id32.BYTES).put(BLOB);
    blob.writeTo(key);
    record.writeTo(key);
    return key.array();
  }

  static byte[] record(RecordId id) {
    return key(RECORD, id.toBytes());
  }

  static byte[] holder(RecordId record, byte[] holder) {
    if (holder.length != HOLDER) {
      throw new IllegalArgumentException("expected a holder of 16 bytes, found " + holder.length);
    }
    ByteBuffer key = ByteBuffer.allocate(1 + Id32.BYTES + HOLDER).put(RECORD);
    record.writeTo(key);
    return key.put(holder).array();
  }

  static byte[] nothing() {
    return NOTHING;
  }

  static byte[] write(BlobRow row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(row instanceof BlobRow.Small ? IN_GROUP : IN_BULK);
    VarInts.put(out, row.length());
    VarInts.put(out, row.storedBytes());
    if (row instanceof BlobRow.Small small) {
      write(out, small.place());
      VarInts.put(out, small.entry());
    } else if (row instanceof BlobRow.Large large) {
      Place last = new Place(0, 0);
      for (Place piece : large.pieces()) {
        VarInts.put(out, piece.pack() - last.pack());
        VarInts.put(
            out, piece.pack() == last.pack() ? piece.offset() - last.offset() : piece.offset());
        last = piece;
      }
    }
    return out.toByteArray();
  }

  static BlobRow readBlob(byte[] key, byte[] value) throws IOException {
    try {
      ByteBuffer in = ByteBuffer.wrap(value);
      int kind = in.get();
      long length = VarInts.get(in);
      long stored = VarInts.get(in);
      if (kind == IN_GROUP) {
        return new BlobRow.Small(length, stored, readPlace(in), (int) VarInts.get(in));
      }
      List<Place> pieces = new ArrayList<>();
      Place last = new Place(0, 0);
      while (in.hasRemaining()) {
        int pack = last.pack() + (int) VarInts.get(in);
        long offset = VarInts.get(in);
        last = new Place(pack, pack == last.pack() ? last.offset() + offset : offset);
        pieces.add(last);
      }
      return new BlobRow.Large(length, stored, pieces);
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException damaged) {
      throw damaged(key, damaged);
    }
  }

  /** The packs that hold a blob's content. */
  static Set<Integer> packsOf(BlobRow row) {
    if (row instanceof BlobRow.Large large) {
      return large.pieces().stream().map(Place::pack).collect(Collectors.toSet());
    }
    return Set.of(((BlobRow.Small) row).place().pack());
  }

  static byte[] write(RecordRow row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, row.place());
    VarInts.put(out, row.entry());
    VarInts.put(out, row.length());
    VarInts.put(out, row.storedBytes());
    ByteBuffer summary = row.summary().duplicate();
    while (summary.hasRemaining()) {
      out.write(summary.get());
    }
    return out.toByteArray();
  }

  static RecordRow readRecord(byte[] key, byte[] value) throws IOException {
    try {
      ByteBuffer in = ByteBuffer.wrap(value);
      Place place = readPlace(in);
      int entry = (int) VarInts.get(in);
      return new RecordRow(place, entry, VarInts.get(in), VarInts.get(in), in.slice());
    } catch (IllegalArgumentException damaged) {
      throw damaged(key, damaged);
    }
  }

  /** The value of a log row: entry number {@code entry} of the group at {@code place}. */
  static byte[] writeLog(Place place, int entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, place);
    VarInts.put(out, entry);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Place place) {
    VarInts.put(out, place.pack());
    VarInts.put(out, place.offset());
  }

  static Place readPlace(ByteBuffer in) {
    return new Place((int) VarInts.get(in), VarInts.get(in));
  }

  private static IOException damaged(byte[] key, RuntimeException how) {
    return new CorruptStoreException(
        "catalog row " + java.util.HexFormat.of().formatHex(key),
        0,
        "a row",
        how.getMessage() + "");
  }
}
