package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in memory that keeps its batches apart, so that a power loss can take the last ones
 * back: what an unsynced log does.
 */
final class CrashCatalog implements Catalog {
  private final MemoryCatalog rows = new MemoryCatalog();
  private final List<SortedMap<byte[], byte @Nullable []>> batches = new ArrayList<>();

  /** A catalog with some of the batches, counted from the first; the same seed gives the same. */
  synchronized CrashCatalog afterPowerLoss(long seed) throws IOException {
    return withFirst(new SplittableRandom(seed).nextInt(batches.size() + 1));
  }

  /** A catalog with all of the batches. */
  synchronized CrashCatalog afterKill() throws IOException {
    return withFirst(batches.size());
  }

  private CrashCatalog withFirst(int kept) throws IOException {
    CrashCatalog after = new CrashCatalog();
    for (SortedMap<byte[], byte @Nullable []> batch : batches.subList(0, kept)) {
      after.write(batch);
    }
    return after;
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return rows.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    rows.scan(from, to, visitor);
  }

  @Override
  public synchronized void write(SortedMap<byte[], byte @Nullable []> batch) throws IOException {
    rows.write(batch);
    batches.add(batch);
  }

  @Override
  public synchronized void clear() throws IOException {
    rows.clear();
    batches.clear();
  }

  @Override
  public long storedBytes() throws IOException {
    return rows.storedBytes();
  }

  /** Leaves the batches, for what comes after. */
  @Override
  public void close() {
    rows.close();
  }
}
