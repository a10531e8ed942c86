package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a store keeps what was expunged, and its letting go of the rest. Both are the store's
 * own affair: nothing of it is handed on, and nothing that others do changes it.
 */
final class Retention {
  /** How many items one note of a horizon lets go of: bounds what a commit holds in memory. */
  static final int FORGOTTEN_AT_ONCE = 10_000;

  private final LogMailStore store;
  private final BlobStore blobs;

  Retention(LogMailStore store) {
    this.store = store;
    this.blobs = store.blobs();
  }

  /** See {@link MailStore#retentionDays}. */
  int days() throws IOException {
    @Nullable RetentionNote set = RetentionNote.read(blobs.rows());
    return set == null ? MailStore.USUAL_RETENTION_DAYS : set.days();
  }

  /** See {@link MailStore#keepExpunged}. */
  void keep(int days) throws IOException {
    if (days < 0 || days > MailStore.MOST_RETENTION_DAYS) {
      throw new IllegalArgumentException(
          "expected 0 to " + MailStore.MOST_RETENTION_DAYS + " days, found " + days);
    }
    @Nullable RetentionNote before = RetentionNote.read(blobs.rows());
    if (before == null || before.days() != days) {
      byte[] note = new RetentionNote(after(before), days).encode();
      append(unit -> unit.append(note));
    }
  }

  /** The time of a new note: after the last, for the latest counts; the clock may step back. */
  private Stamp after(@Nullable RetentionNote before) {
    long now = store.clock().next();
    long last = before == null ? 0 : before.when().time();
    return new Stamp(Long.compareUnsigned(now, last) > 0 ? now : last + 1, store.identity().id());
  }

  /** Lets go of what was expunged from an account before a millisecond. */
  void forget(LogAccount account, long until) throws IOException {
    long done = 0;
    while (done < until) {
      Optional<Long> next = account.binnedUpTo(until, FORGOTTEN_AT_ONCE);
      if (next.isEmpty()) {
        return;
      }
      long moment = next.get();
      append(unit -> account.forget(unit, moment));
      done = moment;
    }
  }

  /** Appends a note. */
  @FunctionalInterface
  private interface Appending {
    void to(Intake unit) throws IOException;
  }

  /** Appends a note, which takes those before it out of the log, and commits. */
  private void append(Appending note) throws IOException {
    blobs.commit();
    blobs.withoutSweep(
        () -> {
          try (Intake unit = blobs.intake()) {
            note.to(unit);
          }
        });
    blobs.commit();
  }
}
