package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the rows of blobs and records, each with the rows beside it that refer to it or hold it.
 */
final class RowScan {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final RowReader rows;

  RowScan(RowReader rows) {
    this.rows = rows;
  }

  void blobs(BlobStore.BlobVisitor visitor) throws IOException {
    BlobRun run = new BlobRun(visitor);
    byte[] prefix = {Rows.BLOB};
    rows.scan(prefix, Rows.after(prefix), run);
    run.finish();
  }

  void records(BlobStore.RecordVisitor visitor) throws IOException {
    recordRows(
        (id, row, holders) -> {
          byte[] summary = new byte[row.summary().remaining()];
          row.summary().get(summary);
          return visitor.record(id, row.length(), summary, holders);
        });
  }

  /** Sees records with their rows. */
  @FunctionalInterface
  interface RecordRowVisitor {
    boolean record(RecordId id, Rows.RecordRow row, long holders) throws IOException;
  }

  /** Returns how many holders it came by of records that have no row: they are not here. */
  long recordRows(RecordRowVisitor visitor) throws IOException {
    RecordRun run = new RecordRun(visitor);
    byte[] prefix = {Rows.RECORD};
    rows.scan(prefix, Rows.after(prefix), run);
    run.finish();
    return run.holdersOfNone;
  }

  private static BlobId blobId(byte[] key) {
    return BlobId.readFrom(ByteBuffer.wrap(key, 1, Id32.BYTES));
  }

  /** A blob's row and the reference rows after it. */
  private static final class BlobRun implements RowReader.Visitor {
    private final BlobStore.BlobVisitor visitor;
    private Rows.@Nullable BlobRow row;
    private @Nullable BlobId id;
    private @Nullable RecordId one;
    private long references;
    private boolean more = true;

    BlobRun(BlobStore.BlobVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public boolean row(byte[] key, byte[] value) throws IOException {
      BlobId of = blobId(key);
      if (!of.equals(id)) {
        finish();
        id = of;
      }
      if (key.length == ID_KEY) {
        row = Rows.readBlob(key, value);
      } else {
        references++;
        one = RecordId.readFrom(ByteBuffer.wrap(key, ID_KEY, Id32.BYTES));
      }
      return more;
    }

    void finish() throws IOException {
      if (more && id != null && row != null) {
        more = visitor.blob(id, row.length(), row.storedBytes(), references, one);
      }
      row = null;
      one = null;
      references = 0;
    }
  }

  /** A record's row and the holder rows after it. */
  private static final class RecordRun implements RowReader.Visitor {
    private final RecordRowVisitor visitor;

    /** The row that came first of those of one record. */
    private byte[] first = new byte[ID_KEY];

    private Rows.@Nullable RecordRow row;
    private long holders;
    private long holdersOfNone;
    private boolean more = true;

    RecordRun(RecordRowVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public boolean row(byte[] key, byte[] value) throws IOException {
      if (!Arrays.equals(key, 0, ID_KEY, first, 0, ID_KEY)) {
        finish();
        first = key;
      }
      if (key.length == ID_KEY) {
        row = Rows.readRecord(key, value);
      } else {
        holders++;
      }
      return more;
    }

    void finish() throws IOException {
      if (row == null) {
        holdersOfNone += holders;
      } else if (more) {
        RecordId id = RecordId.readFrom(ByteBuffer.wrap(first, 1, Id32.BYTES));
        more = visitor.record(id, row, holders);
      }
      row = null;
      holders = 0;
    }
  }
}
