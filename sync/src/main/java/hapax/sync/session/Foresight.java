package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.PackedGroup;
import hapax.blob.RecordId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Foresees what a peer wants that had nothing when the session began: all that it has not heard of
 * by then. Once it has wanted just that, content need not wait for wants. Ids are told apart by
 * their first 64 bits: among a million two are alike once in 30 million sessions, and then content
 * is lacking until the next.
 */
final class Foresight {
  /** Ids from which on nothing is foreseen any more. */
  static final int MOST = 1 << 20;

  private static final long[] NOTHING = new long[0];

  /** A table with open addressing; zero is a free place. */
  private long[] heard = new long[1 << 8];

  private int size;

  /** By number, what was foreseen of batches of which the peer has to say what it wants. */
  private final Map<Long, BitSet> foreseen = new HashMap<>();

  private boolean right;

  /** Nothing is foreseen (any more). */
  private boolean over;

  /** Foresees something if the peer had nothing, and may have everything. */
  Foresight(boolean possible) {
    this.over = !possible;
  }

  /** What the peer will want of a batch at once; null if that can not be foreseen. */
  synchronized @Nullable BitSet of(BatchCutter.Cut cut, Offer offer) {
    if (over || size >= MOST) {
      over = true;
      heard = NOTHING;
      return null;
    }
    cut.batch().records().keySet().forEach(this::hears);
    if (cut.parcel() instanceof PackedGroup group) {
      group.blobs().forEach(this::hears);
    }
    BitSet unheard = unheard(offer.messages, offer.blobs);
    if (!right && !offer.isComplete() && !unheard.isEmpty()) {
      foreseen.put(offer.batch.number(), unheard);
    }
    return unheard;
  }

  /** Of messages and blobs, in this order, those of which the peer has not heard; by now it has. */
  synchronized BitSet unheard(List<RecordId> messages, List<BlobId> blobs) {
    BitSet unheard = new BitSet();
    for (int i = 0; i < messages.size(); i++) {
      unheard.set(i, hears(messages.get(i)));
    }
    for (int i = 0; i < blobs.size(); i++) {
      unheard.set(messages.size() + i, hears(blobs.get(i)));
    }
    return unheard;
  }

  /** The peer said what it wants of a batch, or of the records that it wanted. */
  synchronized void wanted(Offer offer, Positions wanted) {
    if (wanted.stage() == Positions.FIRST) {
      BitSet expected = foreseen.remove(wanted.batch());
      right |= wanted.wanted().equals(expected);
    } else if (!over) {
      unheard(List.of(), offer.blobs(Positions.SECOND));
    }
  }

  /**
   * Whether what was foreseen may be sent unasked: the peer has once wanted just what was foreseen,
   * or nothing is to be sent.
   */
  synchronized boolean isRight(BitSet unheard) {
    return right || unheard.isEmpty();
  }

  private boolean hears(BlobId blob) {
    return hears(blob.start());
  }

  /** A message is no blob of the same bytes, such as a message that was attached to another. */
  private boolean hears(RecordId message) {
    return hears(~message.start());
  }

  /** Whether an id is heard of for the first time. */
  private boolean hears(long id) {
    if (size >= heard.length / 2 && size < MOST) {
      grow();
    }
    if (!put(id)) {
      return false;
    }
    size++;
    return true;
  }

  private boolean put(long id) {
    long entry = id == 0 ? 1 : id;
    int at = (int) entry & (heard.length - 1);
    for (; heard[at] != 0; at = (at + 1) & (heard.length - 1)) {
      if (heard[at] == entry) {
        return false;
      }
    }
    heard[at] = entry;
    return true;
  }

  private void grow() {
    long[] before = heard;
    heard = new long[2 * before.length];
    for (long entry : before) {
      if (entry != 0) {
        put(entry);
      }
    }
  }
}
