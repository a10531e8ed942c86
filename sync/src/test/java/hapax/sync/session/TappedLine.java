package hapax.sync.session;

import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A line that keeps what went out over it. */
final class TappedLine implements Line {
  private final Line line;
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

  TappedLine(Line line) {
    this.line = line;
  }

  /**
   * What a batch brought.
   *
   * @param changes the bytes of each
   * @param records those that came with it, or because of it
   */
  record Brought(Set<ByteBuffer> changes, Set<RecordId> records) {}

  /** What went out in whole frames, batch by batch. */
  List<Brought> batches() throws IOException {
    List<Brought> batches = new ArrayList<>();
    FrameReader frames = new FrameReader(new ByteArrayInputStream(passed.toByteArray()), "tap");
    try (ParcelCodec codec = new ParcelCodec()) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        boolean batch = frame.kind() == FrameKind.BATCH || frame.kind() == FrameKind.FULL_BATCH;
        if (batch) {
          frame.fields().varint("number", batches.size() + 1L, batches.size() + 1L);
          batches.add(new Brought(new HashSet<>(), new HashSet<>()));
        }
        if (batch || frame.kind() == FrameKind.PARCEL) {
          Parcel parcel = codec.unpack(frame.fields().rest(), FrameReader.MAX_PAYLOAD, "tap");
          Brought last = batches.get(batches.size() - 1);
          parcel.logEntries().forEach(change -> last.changes().add(ByteBuffer.wrap(change)));
          parcel.records().stream().map(StoredRecord::id).forEach(last.records()::add);
        }
      }
    } catch (EOFException torn) {
      return batches;
    }
    return batches;
  }

  /** How many frames of a kind went out. */
  int count(FrameKind kind) throws IOException {
    FrameReader frames = new FrameReader(new ByteArrayInputStream(passed.toByteArray()), "tap");
    int count = 0;
    for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
      count += frame.kind() == kind ? 1 : 0;
    }
    return count;
  }

  @Override
  public InputStream in() {
    return line.in();
  }

  @Override
  public OutputStream out() {
    OutputStream out = line.out();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        passed.write(bytes, offset, length);
      }
    };
  }

  @Override
  public void tear() {
    line.tear();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
