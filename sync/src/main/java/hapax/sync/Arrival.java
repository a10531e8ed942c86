package hapax.sync;

import hapax.reconstruct.Delivered;
import hapax.sync.format.SourceMessage;
import java.time.Instant;
import java.util.Optional;

/** A message that a thread has dealt with, on its way to its turn in the mailbox. */
sealed interface Arrival {
  SourceMessage message();

  /** What the store has of it; empty if it was not read because its item seems to be known. */
  Optional<Delivered> delivered();

  Instant date();

  /** A message that its source names; it has no item yet. */
  record ByName(SourceMessage message, Optional<Delivered> delivered, Instant date, ItemId id)
      implements Arrival {}

  /**
   * A message that only its content names. Its item depends on how many of its like came before.
   */
  @SuppressWarnings("ArrayRecordComponent") // identity is all that is wanted of it
  record ByContent(SourceMessage message, Optional<Delivered> delivered, Instant date, byte[] core)
      implements Arrival {}
}
