package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends frames to the last pack and begins the next one when it is full. Not safe for threads:
 * {@link Appender} calls it under its lock.
 */
final class PackWriter implements Closeable {
  private final StoreParts parts;
  private final long packBytes;
  private int number;
  private @Nullable OpenPack current;

  /** Packs appended to since the last sync, in order. */
  private Set<OpenPack> unsynced = new LinkedHashSet<>();

  private boolean folderUnsynced;

  /** Where the frames of the next commit begin, and how many there are. */
  private Place start;

  private int frames;

  /** Goes on where a replay ended. */
  PackWriter(StoreParts parts, long packBytes, PackEnd end) throws IOException {
    this.parts = parts;
    this.packBytes = packBytes;
    this.number = end.pack();
    this.start = end.start();
    this.frames = end.frames();
    this.current = end.offset() == 0 ? null : OpenPack.reopen(parts, number, end.offset());
  }

  /** Appends a whole frame; says where it begins. */
  Place append(ByteBuffer frame) throws IOException {
    OpenPack pack = current;
    if (pack != null && !pack.isEmpty() && pack.end() + frame.remaining() > packBytes) {
      sealLast();
      pack = null;
    }
    return append(pack != null ? pack : begin(), frame);
  }

  private Place append(OpenPack pack, ByteBuffer frame) throws IOException {
    unsynced.add(pack);
    frames++;
    return new Place(pack.number(), pack.append(frame));
  }

  private OpenPack begin() throws IOException {
    OpenPack fresh = OpenPack.create(parts, number + 1);
    number++;
    folderUnsynced = true;
    current = fresh;
    return fresh;
  }

  /** Seals a pack if it is the one under way; the next frame begins another. */
  void sealIfLast(int pack) throws IOException {
    if (pack == number) {
      sealLast();
    }
  }

  private void sealLast() throws IOException {
    OpenPack full = current;
    if (full != null) {
      unsynced.add(full);
      frames += full.seal();
      current = null;
    }
  }

  /**
   * Appends a commit frame, whatever the length of the pack; gives what is to be said of it once it
   * is synced.
   */
  SyncedMark appendCommit(long sequence, long millis) throws IOException {
    OpenPack pack = current != null ? current : begin();
    CommitMark mark = new CommitMark(sequence, millis, start, frames);
    append(pack, Frame.bare(Frame.Kind.COMMIT, mark.write()));
    Place end = new Place(pack.number(), pack.end());
    SyncedMark synced = new SyncedMark(sequence, start, end);
    start = end;
    frames = 0;
    return synced;
  }

  /** Says that a commit is on disk, whatever the length of the pack. */
  Place appendSynced(SyncedMark mark) throws IOException {
    return append(current != null ? current : begin(), Frame.bare(Frame.Kind.SYNCED, mark.write()));
  }

  /** What a sync must make durable: taken under the lock, done without it. */
  record Unsynced(List<OpenPack> packs, boolean folder) {}

  Unsynced takeUnsynced() {
    Unsynced taken = new Unsynced(List.copyOf(unsynced), folderUnsynced);
    unsynced = new LinkedHashSet<>();
    folderUnsynced = false;
    return taken;
  }

  /** Syncs packs in the order in which they were written, then their names. */
  void sync(Unsynced taken) throws IOException {
    for (OpenPack pack : taken.packs()) {
      pack.sync();
    }
    if (taken.folder()) {
      parts.place().sync();
    }
  }

  /** Closes those that were sealed and are synced whole. */
  void closeSealed(Unsynced synced) throws IOException {
    for (OpenPack pack : synced.packs()) {
      if (pack != current && !unsynced.contains(pack)) {
        pack.close();
      }
    }
  }

  /** Closes the files, syncing nothing. */
  @Override
  public void close() throws IOException {
    List<OpenPack> open = new ArrayList<>(unsynced);
    if (current != null && !unsynced.contains(current)) {
      open.add(current);
    }
    current = null;
    unsynced.clear();
    for (OpenPack pack : open) {
      pack.close();
    }
  }
}
