package hapax.sync.session;

import hapax.blob.LogPlace;
import hapax.sync.LogEntry;
import hapax.sync.Replication;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one origin to one account between two numbers. Where they lie is looked up a few
 * at a time; they are read one by one.
 */
final class Origin {
  private static final int AT_ONCE = 32;

  private final Replication replication;
  private final Replication.ChangeReader reader;
  private final String account;
  private final long origin;
  private final long last;
  private final Deque<LogPlace> places = new ArrayDeque<>();
  private long after;
  private @Nullable LogEntry next;

  Origin(
      Replication replication,
      Replication.ChangeReader reader,
      String account,
      long origin,
      long after,
      long last) {
    this.replication = replication;
    this.reader = reader;
    this.account = account;
    this.origin = origin;
    this.after = after;
    this.last = last;
  }

  /** Where the next change lies; null after the last. */
  @Nullable LogPlace place() throws IOException {
    if (places.isEmpty() && after < last) {
      long from = after;
      after = last;
      replication.places(
          account,
          origin,
          from,
          (sequence, at) -> {
            if (sequence <= last) {
              places.add(at);
              after = sequence;
            }
            return places.size() < AT_ONCE && sequence < last;
          });
    }
    return places.peek();
  }

  /** The next change, which stays the next; null after the last. */
  @Nullable LogEntry peek() throws IOException {
    LogPlace at = place();
    if (next == null && at != null) {
      next = reader.at(at);
    }
    return next;
  }

  /** Passes over the next change. */
  void pass() {
    places.remove();
    next = null;
  }
}
