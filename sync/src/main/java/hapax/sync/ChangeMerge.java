package hapax.sync;

import hapax.blob.BlobStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Weaves an account's changes of several origins into one row by ascending stamp: each origin's
 * stand in the log by ascending stamp already. Holds a page of changes for each origin.
 */
final class ChangeMerge {
  /** Changes of an origin that are read at once. */
  private static final int PAGE = 200;

  private final BlobStore blobs;
  private final String account;
  private final AccountIndex index;
  private final PriorityQueue<Cursor> cursors =
      new PriorityQueue<>(Comparator.comparing(cursor -> cursor.first().change().stamp()));

  ChangeMerge(BlobStore blobs, String account) {
    this.blobs = blobs;
    this.account = account;
    this.index = new AccountIndex(blobs.rows(), account);
  }

  /** A change and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
  record Entry(Change change, byte[] bytes) {}

  /** Adds the changes of an origin from a number on. */
  void add(long origin, long number) throws IOException {
    Cursor cursor = new Cursor(origin, number);
    if (cursor.fill()) {
      cursors.add(cursor);
    }
  }

  /** The next change; null after the last. */
  @Nullable Entry next() throws IOException {
    @Nullable Cursor cursor = cursors.poll();
    if (cursor == null) {
      return null;
    }
    Entry entry = cursor.page.remove();
    if (!cursor.page.isEmpty() || cursor.fill()) {
      cursors.add(cursor);
    }
    return entry;
  }

  private final class Cursor {
    private final Deque<Entry> page = new ArrayDeque<>();
    private final long origin;
    private long number;

    Cursor(long origin, long number) {
      this.origin = origin;
      this.number = number;
    }

    Entry first() {
      return page.element();
    }

    /** Reads the next page; says whether there is one. */
    boolean fill() throws IOException {
      blobs.scanLog(
          Change.logKey(account, origin, number),
          Change.afterLast(account, origin),
          (key, bytes) -> {
            Change change = Change.decode(bytes);
            Optional<Change> rest = Forgotten.withoutMessage(index, change);
            page.add(new Entry(rest.orElse(change), rest.map(Change::encode).orElse(bytes)));
            number = change.sequence() + 1;
            return page.size() < PAGE;
          });
      return !page.isEmpty();
    }
  }
}
