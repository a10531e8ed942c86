package hapax.blob;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The group to which new entries go, appended when it is full. Safe for threads. */
final class OpenGroup implements GroupTarget {
  private final Appender appender;
  private final StoreOptions options;
  private GroupBuilder group = new GroupBuilder();

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
    GroupBuilder full = addAndTakeFull(entry);
    if (full != null) {
      appender.appendGroup(full, options.groupLevel());
    }
  }

  private synchronized @Nullable GroupBuilder addAndTakeFull(Consumer<GroupBuilder> entry) {
    int before = group.size();
    entry.accept(group);
    appender.countUncommitted(group.size() - before);
    return group.size() >= options.groupBytes() ? take() : null;
  }

  private synchronized GroupBuilder take() {
    GroupBuilder taken = group;
    group = new GroupBuilder();
    return taken;
  }

  /** What was put waits for more, or for the next commit. */
  @Override
  public void end() {}

  /** Appends what there is. */
  void flush() throws IOException {
    GroupBuilder last = take();
    if (!last.isEmpty()) {
      appender.appendGroup(last, options.groupLevel());
    }
  }
}
