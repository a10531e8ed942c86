package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks the frames of packs in order. Where a frame's header is damaged it looks for the next one
 * that stands, so that one bad byte hides one frame, not the rest of the pack.
 */
final class FrameScan {
  private static final int CHUNK = 64 << 10;

  private final PackFiles files;
  private final PackPlace place;

  FrameScan(PackFiles files, PackPlace place) {
    this.files = files;
    this.place = place;
  }

  /** Sees what stands in the packs. */
  interface Visitor {
    /** Takes a frame whose header is whole. */
    void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException;

    /** Takes a stretch in which no frame begins. */
    void damaged(Place at, long length, CorruptStoreException how) throws IOException;
  }

  /** Walks all frames from {@code from} on, in all packs. */
  void scan(Place from, Visitor visitor) throws IOException {
    for (int number : place.numbers()) {
      if (number >= from.pack()) {
        scanPack(number, number == from.pack() ? from.offset() : 0, visitor);
      }
    }
  }

  /** Walks the frames of one pack from {@code from} on. */
  void scanPack(int number, long from, Visitor visitor) throws IOException {
    try (PackFiles.Pack pack = files.use(number)) {
      if (from <= PackHeader.BYTES) {
        checkHeader(pack, visitor);
      }
      walk(pack, number, Math.max(from, PackHeader.BYTES), visitor);
    }
  }

  private static void checkHeader(PackFiles.Pack pack, Visitor visitor) throws IOException {
    try {
      pack.checkHeader();
    } catch (CorruptStoreException damaged) {
      visitor.damaged(new Place(pack.number(), 0), PackHeader.BYTES, damaged);
    }
  }

  private void walk(PackFiles.Pack pack, int number, long from, Visitor visitor)
      throws IOException {
    long end = sizeOf(number);
    long at = from;
    while (at < end) {
      Frame frame;
      try {
        frame = Frame.read(pack, at, end);
      } catch (CorruptStoreException damaged) {
        long next = nextFrame(pack, at + Frame.ALIGN, end);
        visitor.damaged(new Place(number, at), next - at, damaged);
        at = next;
        continue;
      }
      visitor.frame(pack, new Place(number, at), frame);
      at += frame.length();
    }
  }

  private long sizeOf(int number) throws IOException {
    try (DiskFile file = place.read(number)) {
      return file.size();
    }
  }

  private static long nextFrame(PackFiles.Pack pack, long from, long end) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    for (long at = from; at < end; at += CHUNK) {
      chunk.clear().limit((int) Math.min(CHUNK, end - at));
      pack.file().readFully(at, chunk);
      for (int i = 0; i + 4 <= chunk.limit(); i += Frame.ALIGN) {
        if (chunk.getInt(i) == Frame.MAGIC && stands(pack, at + i, end)) {
          return at + i;
        }
      }
    }
    return end;
  }

  private static boolean stands(PackFiles.Pack pack, long at, long end) throws IOException {
    try {
      Frame.read(pack, at, end);
      return true;
    } catch (CorruptStoreException chance) {
      // The magic can stand in content by chance; then the search goes on.
      return false;
    }
  }
}
