package hapax.blob;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The group to which new entries go, appended when it is full. Safe for threads. */
final class OpenGroup {
  private final Appender appender;
  private final StoreOptions options;
  private GroupBuilder group = new GroupBuilder();

  OpenGroup(Appender appender, StoreOptions options) {
    this.appender = appender;
    this.options = options;
  }

  /** Adds an entry; a group that is full with it is appended before this returns. */
  void add(Consumer<GroupBuilder> entry) throws IOException {
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

  /** Appends what there is, while no unit of work is under way. */
  void flush() throws IOException {
    GroupBuilder last = take();
    if (!last.isEmpty()) {
      appender.appendGroup(last, options.groupLevel());
    }
  }
}
