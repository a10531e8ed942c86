package hapax.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Puts the runs of a folder's messages back in order: whichever thread completes the run whose turn
 * it is adds it, and those after it that wait. So UIDs ascend as in the source, and all processors
 * work on one mailbox.
 */
final class FolderSequence {
  private final FolderImport folder;
  private final Occurrences occurrences = new Occurrences();
  private final Map<Long, List<Arrival>> waiting = new HashMap<>();
  private final MailboxId mailbox;
  private final Semaphore permits;
  private long next;
  private boolean adding;

  /**
   * The sequence of a folder.
   *
   * @param permits of which each run has one until it is added: bounds what waits
   */
  FolderSequence(FolderImport folder, MailboxId mailbox, Semaphore permits) {
    this.folder = folder;
    this.mailbox = mailbox;
    this.permits = permits;
  }

  /** Takes a run that is complete; adds what can be added now. */
  void complete(long number, List<Arrival> arrivals, ImportHand hand) throws IOException {
    List<Arrival> turn = begin(number, arrivals);
    while (turn != null) {
      folder.add(turn, ids(turn, hand), hand);
      permits.release();
      turn = following();
    }
  }

  private synchronized @Nullable List<Arrival> begin(long number, List<Arrival> arrivals) {
    waiting.put(number, arrivals);
    if (adding) {
      return null;
    }
    return take();
  }

  private synchronized @Nullable List<Arrival> following() {
    adding = false;
    return take();
  }

  private @Nullable List<Arrival> take() {
    List<Arrival> turn = waiting.remove(next);
    if (turn != null) {
      adding = true;
      next++;
    }
    return turn;
  }

  private List<ItemId> ids(List<Arrival> arrivals, ImportHand hand) {
    List<ItemId> ids = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.ByName named) {
        ids.add(named.id());
      } else {
        ids.add(contentId((Arrival.ByContent) arrival, hand));
      }
    }
    return ids;
  }

  private ItemId contentId(Arrival.ByContent arrival, ImportHand hand) {
    return hand.ids().content(mailbox, arrival.core(), occurrences.next(arrival.core()));
  }
}
