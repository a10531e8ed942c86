package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A pack that takes frames, until it is sealed. */
final class OpenPack implements Closeable {
  private final StoreParts parts;
  private final int number;
  private final DiskFile file;

  /** Frames before it are not in the list, and looked up when the pack is sealed. */
  private final long listedFrom;

  private final List<PackFooter.Line> listed = new ArrayList<>();
  private long end;

  private OpenPack(StoreParts parts, int number, DiskFile file, long end) {
    this.parts = parts;
    this.number = number;
    this.file = file;
    this.listedFrom = end;
    this.end = end;
  }

  static OpenPack create(StoreParts parts, int number) throws IOException {
    DiskFile file = parts.place().create(number);
    OpenPack pack = new OpenPack(parts, number, file, PackHeader.BYTES);
    file.append(PackHeader.write(number, parts.storeId()));
    return pack;
  }

  /** A pack whose frames end at {@code end}, which is where its file ends. */
  static OpenPack reopen(StoreParts parts, int number, long end) throws IOException {
    return new OpenPack(parts, number, parts.place().append(number), end);
  }

  int number() {
    return number;
  }

  /** Where the next frame begins. */
  long end() {
    return end;
  }

  boolean isEmpty() {
    return end == PackHeader.BYTES;
  }

  /** Appends a whole frame; says where it begins. */
  long append(ByteBuffer frame) throws IOException {
    long begins = end;
    Frame.seal(frame, new FramePlace(parts.storeId(), number, begins));
    listed.add(PackFooter.line(begins, frame));
    end += frame.remaining();
    file.append(frame);
    return begins;
  }

  /** Appends footer and end; says how many frames these are. */
  int seal() throws IOException {
    PackFooter footer = new PackFooter();
    if (listedFrom > PackHeader.BYTES) {
      new FrameScan(parts.files(), parts.place()).scanPack(number, 0, new Listing(footer));
    }
    listed.forEach(footer::add);
    long at = append(footer.footer());
    append(PackFooter.end(at));
    return 2;
  }

  /** Lists the frames that were there when the pack was opened. */
  private final class Listing implements FrameScan.Visitor {
    private final PackFooter footer;

    Listing(PackFooter footer) {
      this.footer = footer;
    }

    @Override
    public void frame(PackFiles.Pack pack, Place at, Frame frame) {
      if (at.offset() < listedFrom) {
        footer.add(PackFooter.line(at.offset(), frame));
      }
    }

    @Override
    public void damaged(Place at, long length, CorruptStoreException how) {
      // What is no frame is not in the list of frames; the check reports it.
    }
  }

  void sync() throws IOException {
    file.sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
