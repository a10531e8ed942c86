package hapax.sync;

import hapax.blob.Intake;
import hapax.sync.ItemState.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gives the UIDs of an account: each above all that were ever given in its mailbox. */
final class UidGiver {
  private final String account;
  private final AccountIndex index;
  private final OwnLog log;

  UidGiver(String account, AccountIndex index, OwnLog log) {
    this.account = account;
    this.index = index;
    this.log = log;
  }

  /** The next UID of a mailbox. */
  long next(MailboxId mailbox) throws IOException {
    if (!index.knows(mailbox)) {
      throw new IllegalArgumentException("account " + account + " has no mailbox " + mailbox);
    }
    long uid = index.counts(mailbox).highestUid() + 1;
    if (uid > MailboxBody.MAX_NUMBER) {
      throw new IOException("mailbox " + mailbox + " of " + account + " has no UIDs left");
    }
    return uid;
  }

  /**
   * Gives new UIDs to the items whose UID was given twice, above all that were ever given. Which
   * item gets which follows from the changes alone, so that replicas that know the same changes
   * give the same UIDs; to be called after changes of others were appended.
   */
  void reassign(Intake unit) throws IOException {
    Map<MailboxId, List<Waiting>> byMailbox = new TreeMap<>();
    index.pending(
        (mailbox, item) -> {
          @Nullable Place place = index.state(item).place();
          if (place != null && place.mailbox().equals(mailbox)) {
            byMailbox
                .computeIfAbsent(mailbox, any -> new ArrayList<>())
                .add(new Waiting(place.uid(), item, place.visit().stamp()));
          }
        });
    for (Map.Entry<MailboxId, List<Waiting>> mailbox : byMailbox.entrySet()) {
      mailbox.getValue().sort(Waiting.ORDER);
      for (Waiting waiting : mailbox.getValue()) {
        long uid = next(mailbox.getKey());
        log.append(
            unit,
            new ItemBody.UidReassigned(waiting.item(), mailbox.getKey(), waiting.visit(), uid));
      }
    }
  }

  private record Waiting(long uidBefore, ItemId item, Stamp visit) {
    static final Comparator<Waiting> ORDER =
        Comparator.comparingLong(Waiting::uidBefore).thenComparing(Waiting::item);
  }
}
