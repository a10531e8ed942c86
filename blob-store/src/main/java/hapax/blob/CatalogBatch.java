package hapax.blob;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts and deletes that lie over other rows and hide them: what a catalog will hold once the batch
 * is written. Batches may be stacked. Keys and values are not copied.
 *
 * <p>Any number of threads may read while one writes; a scan shows every row that stood when it
 * began and was not changed since, and of those changed meanwhile either state.
 */
final class CatalogBatch implements RowReader, RowWriter {
  /** What a row takes besides its key and value: two arrays and the entry of a map. */
  private static final int ROW_BYTES = 100;

  /** Stands for a removed row in {@link #changes}, which takes no nulls; compared by identity. */
  private static final byte[] DELETED = new byte[0];

  private final RowReader below;
  private final ConcurrentNavigableMap<byte[], byte[]> changes;
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean frozen;

  CatalogBatch(RowReader below) {
    this(below, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
  }

  private CatalogBatch(RowReader below, ConcurrentNavigableMap<byte[], byte[]> changes) {
    this.below = below;
    this.changes = changes;
  }

  /** The same changes, frozen, over other rows. */
  CatalogBatch over(RowReader other) {
    CatalogBatch moved = new CatalogBatch(other, changes);
    moved.freeze();
    return moved;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    change(key, value);
  }

  @Override
  public void delete(byte[] key) {
    change(key, DELETED);
  }

  private void change(byte[] key, byte[] value) {
    if (frozen) {
      throw new IllegalStateException("the batch is frozen");
    }
    changes.put(key, value);
    bytes.addAndGet(ROW_BYTES + key.length + value.length);
  }

  /** About what it takes in memory; a row that was changed several times counts each time. */
  long bytes() {
    return bytes.get();
  }

  /** Refuses every later change. */
  void freeze() {
    frozen = true;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The puts, and null for each delete: what {@link Catalog#write} takes; a copy. */
  SortedMap<byte[], byte @Nullable []> rows() {
    SortedMap<byte[], byte @Nullable []> rows = new TreeMap<>(changes);
    rows.replaceAll((key, value) -> live(value));
    return Collections.unmodifiableSortedMap(rows);
  }

  private static byte @Nullable [] live(byte[] value) {
    return value == DELETED ? null : value;
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    byte[] value = changes.get(key);
    return value == null ? below.get(key) : live(value);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    Merge merge = new Merge(to == null ? changes.tailMap(from) : changes.subMap(from, to), visitor);
    below.scan(from, to, merge);
    merge.finish();
  }

  /** Weaves the changes into the rows below, both in order of their keys. */
  private static final class Merge implements Visitor {
    private final Iterator<Map.Entry<byte[], byte[]>> changes;
    private final Visitor visitor;
    private Map.@Nullable Entry<byte[], byte[]> next;
    private boolean more = true;

    Merge(SortedMap<byte[], byte[]> changes, Visitor visitor) {
      this.changes = changes.entrySet().iterator();
      this.visitor = visitor;
      advance();
    }

    @Override
    public boolean row(byte[] key, byte[] value) throws IOException {
      int order = showBefore(key);
      if (!more) {
        return false;
      }
      if (order == 0) {
        showNext();
      } else {
        more = visitor.row(key, value);
      }
      return more;
    }

    /** Shows the changes before {@code key}; says how the one after them compares with it. */
    private int showBefore(byte[] key) throws IOException {
      while (more && next != null) {
        int order = Arrays.compareUnsigned(next.getKey(), key);
        if (order >= 0) {
          return order;
        }
        showNext();
      }
      return 1;
    }

    void finish() throws IOException {
      while (more && next != null) {
        showNext();
      }
    }

    private void showNext() throws IOException {
      Map.Entry<byte[], byte[]> change = next;
      advance();
      if (change != null && change.getValue() != DELETED) {
        more = visitor.row(change.getKey(), change.getValue());
      }
    }

    private void advance() {
      next = changes.hasNext() ? changes.next() : null;
    }
  }
}
