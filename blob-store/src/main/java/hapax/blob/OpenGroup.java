package hapax.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The group to which new entries go, appended when it is full. Safe for threads. */
final class OpenGroup implements GroupTarget {
  private final Appender appender;
  private final StoreOptions options;
  private GroupBuilder group = new GroupBuilder();

  /** Groups that were taken so far, and the numbers of those that are not yet appended. */
  private long taken;

  private final TreeSet<Long> underWay = new TreeSet<>();

  /** A group that nobody adds to any more. */
  private record Taken(long number, GroupBuilder group) {}

  OpenGroup(Appender appender, StoreOptions options) {
    this.appender = appender;
    this.options = options;
  }

  @Override
  public void add(StoredRecord record) throws IOException {
    add(to -> to.add(record));
  }

  @Override
  public void add(BlobId id, byte[] content) throws IOException {
    add(to -> to.add(id, content));
  }

  @Override
  public void add(byte[] key, byte[] entry) throws IOException {
    add(to -> to.add(key, entry));
  }

  /** Adds an entry; a group that is full with it is appended before this returns. */
  private void add(Consumer<GroupBuilder> entry) throws IOException {
    Taken full = addAndTakeFull(entry);
    if (full != null) {
      append(full);
    }
  }

  private synchronized @Nullable Taken addAndTakeFull(Consumer<GroupBuilder> entry) {
    int before = group.size();
    entry.accept(group);
    appender.countUncommitted(group.size() - before);
    return group.size() >= options.groupBytes() ? take() : null;
  }

  private synchronized Taken take() {
    Taken last = new Taken(taken++, group);
    underWay.add(last.number());
    group = new GroupBuilder();
    return last;
  }

  private void append(Taken last) throws IOException {
    try {
      if (!last.group().isEmpty()) {
        appender.appendGroup(last.group(), options.groupLevel());
      }
    } finally {
      synchronized (this) {
        underWay.remove(last.number());
        notifyAll();
      }
    }
  }

  /** What was put waits for more, or for the next commit. */
  @Override
  public void end() {}

  /**
   * Appends what there is; what others took before is appended, too, when this returns. Who waits
   * here waits for threads that compress, which wait for nobody.
   */
  void flush() throws IOException {
    Taken last = take();
    append(last);
    awaitBefore(last);
    appender.ensureUsable();
  }

  private synchronized void awaitBefore(Taken last) throws IOException {
    try {
      while (!underWay.isEmpty() && underWay.first() < last.number()) {
        wait();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another thread appends a group");
    }
  }
}
