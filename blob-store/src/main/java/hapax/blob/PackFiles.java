package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packs open for reading. A pack that is in use stays open, and so readable, even when sweeping has
 * removed it; the least recently used of the others are closed beyond a limit. Safe for threads.
 */
final class PackFiles implements Closeable {
  private static final int MOST_OPEN = 100;

  private final PackPlace place;
  private final byte[] storeId;
  private final Map<Integer, Pack> packs = new LinkedHashMap<>(16, 0.75f, true);

  PackFiles(PackPlace place, byte[] storeId) {
    this.place = place;
    this.storeId = storeId;
  }

  /** A pack in use; to be closed after use. */
  final class Pack implements Closeable {
    private final int number;
    private final String name;
    private final DiskFile file;
    private int users;
    private boolean forgotten;

    private Pack(int number, DiskFile file) {
      this.number = number;
      this.name = place.name(number);
      this.file = file;
    }

    int number() {
      return number;
    }

    DiskFile file() {
      return file;
    }

    /** What messages call it. */
    String name() {
      return name;
    }

    /** What the checksum of a frame that stands at {@code offset} covers besides. */
    FramePlace placeOf(long offset) {
      return new FramePlace(storeId, number, offset);
    }

    /**
     * Checks the header. A damaged one hides no frames, for each of them says itself where it
     * belongs.
     *
     * @throws CorruptStoreException if it is damaged
     * @throws StoreFormatException if it is that of a newer format, or of another store
     */
    void checkHeader() throws IOException {
      PackHeader.check(file, name(), number, storeId);
    }

    @Override
    public void close() throws IOException {
      synchronized (packs) {
        users--;
        if (forgotten && users == 0) {
          file.close();
        }
      }
    }
  }

  /**
   * Opens a pack for use.
   *
   * @throws CorruptStoreException if it is not there
   */
  Pack use(int number) throws IOException {
    synchronized (packs) {
      Pack pack = packs.get(number);
      if (pack == null) {
        pack = open(number);
        packs.put(number, pack);
        closeIdle();
      }
      pack.users++;
      return pack;
    }
  }

  private Pack open(int number) throws IOException {
    try {
      return new Pack(number, place.read(number));
    } catch (NoSuchFileException gone) {
      throw new CorruptStoreException(place.name(number), 0, "a pack", "no file");
    }
  }

  private void closeIdle() throws IOException {
    if (packs.size() <= MOST_OPEN) {
      return;
    }
    List<Integer> idle = new ArrayList<>();
    for (Map.Entry<Integer, Pack> entry : packs.entrySet()) {
      if (entry.getValue().users == 0 && packs.size() - idle.size() > MOST_OPEN) {
        idle.add(entry.getKey());
      }
    }
    for (int number : idle) {
      forget(number);
    }
  }

  /** Lets go of a pack, whose file is about to be removed; those who use it go on. */
  void forget(int number) throws IOException {
    synchronized (packs) {
      Pack pack = packs.remove(number);
      if (pack != null) {
        pack.forgotten = true;
        if (pack.users == 0) {
          pack.file.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (packs) {
      for (int number : List.copyOf(packs.keySet())) {
        forget(number);
      }
    }
  }
}
