package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.FieldReader;
import hapax.sync.LogEntry;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a bundle, batch by batch. */
public final class BundleReader implements Closeable {
  /** The magic stands within so many bytes: after kind, turn and a length of up to 5 bytes. */
  private static final int LOOK = 11;

  private final FrameReader in;
  private final String name;
  private final ParcelCodec codec = new ParcelCodec();
  private final BundleHead head;
  private long batches;
  private long blobs;
  private boolean whole;

  /**
   * Begins to read.
   *
   * @param name what the bundle is called in errors
   * @throws hapax.blob.CorruptStoreException if it is none
   * @throws hapax.blob.StoreFormatException if a newer program wrote it
   */
  public BundleReader(InputStream in, String name) throws IOException {
    this.in = new FrameReader(new BufferedInputStream(in, 1 << 16), name);
    this.name = name;
    Frame first = this.in.next();
    if (first == null || first.kind() != FrameKind.BUNDLE) {
      throw new SyncException(name + " is no bundle");
    }
    this.head = BundleHead.decode(first.fields());
  }

  /** Whether a file begins as bundles do: with a frame that has their magic. */
  public static boolean isBundle(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(LOOK);
      String text = new String(start, StandardCharsets.ISO_8859_1);
      return start.length > 0 && start[0] == FrameKind.BUNDLE.code && text.contains("HxBu");
    }
  }

  public BundleHead head() {
    return head;
  }

  /** A batch with all that came for it. */
  record Full(
      Batch batch, Parcel parcel, Map<RecordId, StoredRecord> records, List<RecordId> gone) {}

  /** Takes the content of large and small blobs, or passes over it. */
  interface Content {
    void small(Parcel parcel) throws IOException;

    void large(BlobId id, long length, ContentIntake.Pieces pieces) throws IOException;
  }

  /** Takes no content. */
  static final Content SKIPPED =
      new Content() {
        @Override
        public void small(Parcel parcel) {}

        @Override
        public void large(BlobId id, long length, ContentIntake.Pieces pieces) {}
      };

  /**
   * The next whole batch, its content having gone to {@code content}; null at the end, and where
   * the bundle was cut.
   */
  @Nullable Full next(Content content) throws IOException {
    try {
      Frame frame = in.next();
      if (frame == null) {
        return null;
      }
      if (frame.kind() == FrameKind.CLOSE) {
        frame.fields().varint("batches", batches, batches);
        frame.fields().end();
        whole = true;
        return null;
      }
      Parcel parcel = parcel(frame);
      return full(batch(parcel), parcel, content);
    } catch (EOFException cut) {
      // What is before the cut stands; the report says that the end is missing.
      return null;
    }
  }

  private Parcel parcel(Frame frame) throws IOException {
    FieldReader fields = frame.fields();
    if (frame.kind() != FrameKind.BATCH) {
      throw fields.fault(0, "a batch", frame.kind() + "");
    }
    fields.varint("number of batch", batches + 1, batches + 1);
    return codec.unpack(fields.rest(), FrameReader.MAX_PAYLOAD, name);
  }

  private Batch batch(Parcel parcel) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    for (byte[] entry : parcel.logEntries()) {
      entries.add(LogEntry.decode(entry));
    }
    return new Batch(batches + 1, entries, Batch.byId(parcel.records()));
  }

  private Full full(Batch batch, Parcel parcel, Content content) throws IOException {
    Map<RecordId, StoredRecord> records = new LinkedHashMap<>(batch.records());
    Frame frame = frame();
    for (; frame.kind() != FrameKind.END; frame = frame()) {
      FieldReader fields = frame.fields();
      switch (frame.kind()) {
        case PARCEL -> {
          Parcel came = codec.unpack(fields.rest(), FrameReader.MAX_PAYLOAD, name);
          records.putAll(Batch.byId(came.records()));
          blobs += came.blobs().size();
          content.small(came);
        }
        case BLOB -> {
          BlobId id = BlobId.of(fields.raw(32, "blob"));
          blobs++;
          content.large(
              id, fields.varint("length", 0, Long.MAX_VALUE), () -> frame().fields().rest());
        }
        case PIECE -> {
          // Of a blob that nobody wanted to take.
        }
        default -> throw fields.fault(0, "content or its end", frame.kind() + "");
      }
    }
    batches++;
    return new Full(batch, parcel, records, gone(batch, frame.fields()));
  }

  /** The messages that the writer had no more, because their items were expunged long ago. */
  private List<RecordId> gone(Batch batch, FieldReader end) throws IOException {
    List<RecordId> offered = List.copyOf(batch.offered());
    end.varint("batch", batches, batches);
    end.octet("stage");
    int lacking = end.count("lacking", 1);
    for (int i = 0; i < lacking; i++) {
      end.varint("position", 0, Integer.MAX_VALUE);
    }
    List<RecordId> gone = new ArrayList<>();
    int count = end.count("gone", 1);
    for (int i = 0; i < count; i++) {
      gone.add(offered.get((int) end.varint("position", 0, offered.size() - 1L)));
    }
    end.end();
    return gone;
  }

  private Frame frame() throws IOException {
    Frame frame = in.next();
    if (frame == null) {
      throw new EOFException(name + " was cut at offset " + in.position());
    }
    return frame;
  }

  /**
   * What was read.
   *
   * @throws CorruptStoreException if there is something behind the end
   */
  BundleReport report(long changes, List<String> debts) throws IOException {
    if (whole) {
      in.end();
    }
    return new BundleReport(head, batches, changes, blobs, in.position(), whole, debts);
  }

  /** Sees what a bundle holds, for people. */
  @FunctionalInterface
  public interface LineVisitor {
    void line(String text) throws IOException;
  }

  /** Reads to the end, showing each batch, and each change if {@code all}. */
  public BundleReport show(boolean all, LineVisitor visitor) throws IOException {
    long changes = 0;
    for (Full next = next(SKIPPED); next != null; next = next(SKIPPED)) {
      Batch batch = next.batch();
      changes += batch.entries().size();
      visitor.line(
          String.format(
              "batch %d: %d changes, %d records, up to offset %d",
              batch.number(), batch.entries().size(), next.records().size(), in.position()));
      for (LogEntry entry : all ? batch.entries() : List.<LogEntry>of()) {
        visitor.line("  " + entry);
      }
    }
    return report(changes, List.of());
  }

  @Override
  public void close() {
    codec.close();
  }
}
