package hapax.sync.session;

import hapax.sync.LogEntry;
import hapax.sync.Replication;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The changes of one origin to one account between two numbers, read a few at a time. */
final class Origin {
  private static final int AT_ONCE = 256;

  private final Replication replication;
  private final String account;
  private final long origin;
  private final long last;
  private final Deque<LogEntry> read = new ArrayDeque<>();
  private long after;

  Origin(Replication replication, String account, long origin, long after, long last) {
    this.replication = replication;
    this.account = account;
    this.origin = origin;
    this.after = after;
    this.last = last;
  }

  /** The next change, which stays the next; null after the last. */
  @Nullable LogEntry peek() throws IOException {
    if (read.isEmpty() && after < last) {
      replication.changes(
          account,
          origin,
          after,
          entry -> {
            if (entry.sequence() <= last) {
              read.add(entry);
            }
            return read.size() < AT_ONCE && entry.sequence() < last;
          });
      LogEntry newest = read.peekLast();
      after = newest == null ? last : newest.sequence();
    }
    return read.peek();
  }

  /** Passes over the next change. */
  void pass() {
    read.remove();
  }
}
