package hapax.sync.session;

import hapax.blob.LogPlace;
import hapax.blob.StoreReader;
import hapax.sync.LogEntry;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes to one account that a peer has not seen, by ascending stamp: no change comes before
 * one that its maker knew.
 */
final class Unseen {
  private final List<Origin> origins = new ArrayList<>();
  private @Nullable Origin first;

  Unseen(
      Replication replication,
      StoreReader reader,
      String account,
      VersionVector mine,
      VersionVector theirs)
      throws IOException {
    Replication.ChangeReader changes = replication.changeReader(account, reader);
    mine.marks()
        .forEach(
            (origin, last) ->
                origins.add(
                    new Origin(
                        replication,
                        changes,
                        account,
                        origin,
                        theirs.number(origin),
                        last.number())));
    first = earliest();
  }

  /** Where the next change lies; null after the last. */
  @Nullable LogPlace place() throws IOException {
    return first == null ? null : first.place();
  }

  /** Takes the next change; null after the last. */
  @Nullable LogEntry take() throws IOException {
    if (first == null) {
      return null;
    }
    LogEntry entry = first.peek();
    first.pass();
    first = earliest();
    return entry;
  }

  /** The origin whose next change was made first; changes are read only if there is a choice. */
  private @Nullable Origin earliest() throws IOException {
    List<Origin> left = new ArrayList<>(origins.size());
    for (Origin origin : origins) {
      if (origin.place() != null) {
        left.add(origin);
      }
    }
    if (left.size() <= 1) {
      return left.isEmpty() ? null : left.get(0);
    }
    Origin earliest = null;
    LogEntry made = null;
    for (Origin origin : left) {
      LogEntry entry = origin.peek();
      if (entry != null && (made == null || entry.isBefore(made))) {
        earliest = origin;
        made = entry;
      }
    }
    return earliest;
  }
}
