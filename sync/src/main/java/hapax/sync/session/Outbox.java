package hapax.sync.session;

import hapax.blob.ParcelCodec;
import hapax.sync.FieldWriter;
import hapax.sync.LogEntry;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a session: a thread of its own writes what is to be said, so that whoever
 * reads never waits for the peer to read. Answers go first, then content that was asked for, then
 * further batches, as long as not too much of them is on its way.
 */
final class Outbox implements Inbox.Replies {
  /**
   * Batches on their way beyond which no further one is sent: one is applied, one proven and one
   * stored while the next comes.
   */
  static final int MOST_BATCHES = 4;

  /** Bytes of batches on their way, before compression, from which on no further one is sent. */
  static final int WINDOW = 8 << 20;

  /** The end of all that is to be said. */
  private static final Object END = new Object();

  private final FrameWriter line;
  private final ParcelCodec codec;
  private final Turns turns;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final Deque<Positions> wanted = new ArrayDeque<>();
  private final Map<Long, Offer> offers = new TreeMap<>();
  private final Map<String, VersionVector> acknowledged = new HashMap<>();
  private long bytesOnTheirWay;
  private long changesAcknowledged;
  private Part part = Part.FIRST;
  private boolean peerIsDurable;

  /** Of batches that were sent, or came. */
  private long mostBatches;

  private boolean allSent;
  private boolean closing;

  /** What is sent. */
  private enum Part {
    /** The changes that there were when the session began. */
    FIRST,
    /** Nothing, until all is taken in that the peer had then. */
    BETWEEN,
    /** Nothing, until the peer has taken in the first part, on which the rest builds. */
    BEFORE_REST,
    /** The changes that were made here because of those of the peer. */
    REST
  }

  /** Changes that were made here since the session began. */
  interface Rest {
    boolean isNeeded() throws IOException;

    /**
     * Has the cutter go on with them.
     *
     * @param acknowledged what the peer was told and has made durable, by account
     */
    void begin(Map<String, VersionVector> acknowledged) throws IOException;
  }

  /** Something short to be said. */
  private record Reply(FrameKind kind, FieldWriter payload) {}

  Outbox(FrameWriter line, ParcelCodec codec, Turns turns) {
    this.line = line;
    this.codec = codec;
    this.turns = turns;
  }

  @Override
  public void want(Positions positions) {
    say(FrameKind.WANT, positions.encode());
  }

  @Override
  public void ack(Ack ack) {
    say(FrameKind.ACK, ack.encode());
  }

  /** Says something short, before anything else that is to be said. */
  synchronized void say(FrameKind kind, FieldWriter payload) {
    replies.add(new Reply(kind, payload));
    notifyAll();
  }

  /** The peer wants content of a batch. */
  synchronized void wanted(Positions positions) throws SyncException {
    offer(positions.batch()).check(positions);
    wanted.add(positions);
    notifyAll();
  }

  private Offer offer(long batch) throws SyncException {
    Offer offer = offers.get(batch);
    if (offer == null) {
      throw new SyncException("the peer speaks of batch " + batch + ", which is not on its way");
    }
    return offer;
  }

  /** The peer has made a batch durable; {@code before} says what it had seen before. */
  synchronized void acknowledged(Ack ack, Function<String, VersionVector> before)
      throws SyncException {
    Offer offer = offer(ack.batch());
    for (Map.Entry<String, List<LogEntry>> taken : ack.taken(offer.batch).entrySet()) {
      changesAcknowledged += taken.getValue().size();
      VersionVector vector =
          acknowledged.computeIfAbsent(taken.getKey(), before).join(Batch.seen(taken.getValue()));
      acknowledged.put(taken.getKey(), vector);
    }
    offers.remove(ack.batch());
    bytesOnTheirWay -= offer.bytes;
    notifyAll();
  }

  @Override
  public synchronized void peerIsDurable(long batches) {
    peerIsDurable = true;
    mostBatches = Math.max(mostBatches, batches);
    notifyAll();
  }

  /** What the peer was told and has made durable, by account. */
  synchronized Map<String, VersionVector> acknowledged() {
    return new HashMap<>(acknowledged);
  }

  synchronized long changesAcknowledged() {
    return changesAcknowledged;
  }

  /**
   * Whether the peer has everything that was to be sent. Waits while that is up to this side alone:
   * a peer that has nothing more to say would be waited for in vain.
   */
  synchronized boolean isThrough() throws IOException {
    try {
      while (!allSent && offers.isEmpty() && !closing) {
        wait();
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
    return allSent && offers.isEmpty();
  }

  private static IOException interrupted(InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", stop);
  }

  /** Says why this side gives up, and nothing else. */
  synchronized void giveUp(String reason) {
    replies.clear();
    wanted.clear();
    allSent = true;
    say(FrameKind.FAILED, new FieldWriter().text(reason));
  }

  /** Nothing more will be said once all that there is has been said. */
  synchronized void close() {
    closing = true;
    notifyAll();
  }

  /** Writes until {@link #close}; sends all batches first, and says that there are no more. */
  void run(@Nullable BatchCutter cutter, ContentSender content, Rest rest) throws IOException {
    boolean more = true;
    while (more) {
      Object next = next();
      if (next instanceof Reply reply) {
        frame(reply.kind(), ByteBuffer.wrap(reply.payload().toBytes()));
      } else if (next instanceof Positions positions) {
        content.send(offerOf(positions), positions);
      } else if (next instanceof Part now) {
        goOn(now, cutter, rest);
      } else {
        more = false;
      }
    }
    line.flush();
  }

  private synchronized Offer offerOf(Positions positions) throws SyncException {
    return offer(positions.batch());
  }

  private boolean mayGoOn() {
    return switch (part) {
      case FIRST, REST -> !allSent && bytesOnTheirWay < WINDOW && offers.size() < MOST_BATCHES;
      case BETWEEN -> !allSent && peerIsDurable;
      case BEFORE_REST -> !allSent && offers.isEmpty();
    };
  }

  /** What to do next; waits until there is something. */
  private synchronized Object next() throws IOException {
    while (true) {
      if (!replies.isEmpty()) {
        return replies.remove();
      }
      if (!wanted.isEmpty()) {
        return wanted.remove();
      }
      if (mayGoOn()) {
        return part;
      }
      if (closing) {
        return END;
      }
      turns.waiting();
      line.flush();
      try {
        wait();
      } catch (InterruptedException stop) {
        throw interrupted(stop);
      }
    }
  }

  private void goOn(Part now, @Nullable BatchCutter cutter, Rest rest) throws IOException {
    switch (now) {
      case FIRST, REST -> {
        BatchCutter.Cut cut = cutter == null ? null : cutter.next();
        if (cut == null) {
          done(now == Part.FIRST ? Part.BETWEEN : now);
        } else {
          batch(cut);
        }
      }
      case BETWEEN -> {
        // After one batch each both sides knew the same when they gave new UIDs, and gave the same.
        if (mostBatches > 1 && rest.isNeeded()) {
          enter(Part.BEFORE_REST);
        } else {
          done(Part.REST);
        }
      }
      case BEFORE_REST -> {
        rest.begin(acknowledged());
        enter(Part.REST);
      }
    }
  }

  private synchronized void enter(Part next) {
    part = next;
  }

  /** Says that a part is at its end. */
  private void done(Part next) throws IOException {
    frame(FrameKind.DONE, ByteBuffer.allocate(0));
    synchronized (this) {
      part = next;
      allSent |= next == Part.REST;
      notifyAll();
    }
  }

  private void batch(BatchCutter.Cut cut) throws IOException {
    Batch batch = cut.batch();
    synchronized (this) {
      offers.put(batch.number(), new Offer(batch, cut.weight()));
      mostBatches = Math.max(mostBatches, batch.number());
      bytesOnTheirWay += cut.weight();
      notifyAll();
    }
    byte[] packed = codec.pack(cut.parcel());
    frame(FrameKind.BATCH, Batch.encode(batch.number(), packed));
  }

  /** Writes a frame; for the writing thread. */
  void frame(FrameKind kind, ByteBuffer payload) throws IOException {
    line.write(kind, turns.next(), payload);
  }
}
