package hapax.sync;

import hapax.blob.RecordId;
import java.time.Instant;
import java.util.Set;

/** An item to be added; the mailbox gives it its UID. */
public record NewItem(
    ItemId id, RecordId message, long size, Set<String> flags, Instant internalDate) {
  public NewItem {
    flags = Set.copyOf(flags);
  }
}
