package hapax.sync.format;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a Maildir by delivery. A folder gives its names in no order, and may have
 * millions; so it is listed once for each {@link #MOST_HELD} of them, and those that come next are
 * kept. What arrives meanwhile comes in its turn, or at the next import.
 */
final class MaildirNames implements DeliveredMessages {
  /** Names that are held at once: with 150 bytes each, 30 MB. */
  static final int MOST_HELD = 200_000;

  private static final int PART_LENGTH = 4;
  private static final Comparator<String> BY_DELIVERY =
      (a, b) -> MaildirName.compareByDelivery(a, PART_LENGTH, b, PART_LENGTH);

  private final MaildirListing listing;
  private final MaildirFlags meanings;
  private final int most;
  private final Deque<String> ready = new ArrayDeque<>();
  private @Nullable String last;
  private boolean more = true;

  MaildirNames(MaildirListing listing, MaildirFlags meanings, int most) {
    this.listing = listing;
    this.meanings = meanings;
    this.most = most;
  }

  @Override
  public @Nullable SourceMessage next() throws IOException {
    String entry = take();
    // A message shows twice if it went from new to cur between two looks: the later place counts.
    for (String after = peek(); entry != null && isSame(entry, after); after = peek()) {
      entry = take();
    }
    return entry == null ? null : new MaildirMessage(listing, meanings, entry);
  }

  @Override
  public int held() {
    return ready.size();
  }

  private @Nullable String take() throws IOException {
    peek();
    return ready.poll();
  }

  private @Nullable String peek() throws IOException {
    if (ready.isEmpty() && more) {
      more = false;
      list();
    }
    return ready.peek();
  }

  /** Reads the names that come after the last one that was held. */
  private void list() throws IOException {
    PriorityQueue<String> first = new PriorityQueue<>(BY_DELIVERY.reversed());
    listing.forEach(
        entry -> {
          if (last == null || BY_DELIVERY.compare(entry, last) > 0) {
            keep(entry, first);
          }
        });
    while (!first.isEmpty()) {
      ready.addFirst(first.remove());
    }
    last = ready.peekLast();
  }

  /** Keeps a name if it is among the first. */
  private void keep(String entry, PriorityQueue<String> first) {
    if (first.size() < most) {
      first.add(entry);
    } else {
      more = true;
      if (BY_DELIVERY.compare(entry, first.element()) < 0) {
        first.remove();
        first.add(entry);
      }
    }
  }

  private static boolean isSame(String entry, @Nullable String next) {
    return next != null && base(entry).equals(base(next));
  }

  private static String base(String entry) {
    return MaildirName.parse(entry.substring(PART_LENGTH)).base();
  }
}
