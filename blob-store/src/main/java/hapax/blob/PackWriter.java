package hapax.blob;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends frames to the last pack and begins the next one when it is full. Not safe for threads:
 * {@link PackStore} calls it under its append lock.
 */
final class PackWriter implements Closeable {
  private final PackPlace place;
  private final byte[] storeId;
  private final long packBytes;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final List<DiskFile> sealed = new ArrayList<>();
  private int number;
  private long end;
  private @Nullable DiskFile file;

  /** Goes on at {@code position}, which is the end of the last pack, or begins pack 1. */
  PackWriter(PackPlace place, byte[] storeId, long packBytes, Place position) throws IOException {
    this.place = place;
    this.storeId = storeId;
    this.packBytes = packBytes;
    this.number = position.pack();
    this.end = position.offset();
    if (number > 0) {
      file = place.append(number);
    }
  }

  /** Where the next frame goes, unless a new pack begins with it. */
  Place position() {
    return new Place(number, end);
  }

  /** Appends a whole frame; says where it begins. */
  Place append(ByteBuffer frame) throws IOException {
    DiskFile to = file != null && end + frame.remaining() <= packBytes ? file : next();
    Place begins = new Place(number, end);
    VarInts.put(directory, end);
    directory.write(frame.get(frame.position() + 4));
    end += frame.remaining();
    to.append(frame);
    return begins;
  }

  /** Seals the pack under way, if there is one; the next frame begins another. */
  void sealLast() throws IOException {
    if (file != null) {
      seal(file);
      file = null;
    }
  }

  /** Seals the pack and begins the next one. A frame longer than a pack gets one of its own. */
  private DiskFile next() throws IOException {
    sealLast();
    number++;
    DiskFile fresh = place.create(number);
    file = fresh;
    place.sync();
    fresh.append(PackHeader.write(number, storeId));
    end = PackHeader.BYTES;
    directory.reset();
    return fresh;
  }

  private void seal(DiskFile full) throws IOException {
    ByteBuffer footer = PackFooter.write(directory.toByteArray(), end);
    full.append(footer);
    full.sync();
    sealed.add(full);
  }

  /**
   * The file whose sync makes everything appended so far durable. The sync itself may go on beside
   * appends: a pack that is sealed meanwhile stays open until the next call.
   */
  @Nullable DiskFile prepareSync() throws IOException {
    for (DiskFile full : sealed) {
      full.close();
    }
    sealed.clear();
    return file;
  }

  @Override
  public void close() throws IOException {
    prepareSync();
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
