package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.ParcelCodec;
import hapax.sync.FieldWriter;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a session: a thread of its own writes what is to be said, so that whoever
 * reads never waits for the peer to read. Answers go first, then content that was asked for, then
 * the next batch, when the peer has all that it wants of the one before and not too many are on
 * their way.
 */
final class Outbox implements Inbox.Replies {
  /** The end of all that is to be said. */
  private static final Object END = new Object();

  /** Nothing is to be said now. */
  private static final Object FLUSH = new Object();

  private final FrameWriter line;
  private final ParcelCodec codec;
  private final Turns turns;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final Foresight foresight;
  private final Offers offers = new Offers();

  /** What the peer wants of the last batch. */
  private @Nullable Positions wanted;

  /** The next batch; of the writing thread alone. */
  private @Nullable Ready ready;

  /** Whether all that was said is on its way; of the writing thread alone. */
  private boolean flushed;

  private Part part = Part.FIRST;
  private boolean peerIsDurable;

  /** Of batches that were sent, or came. */
  private long mostBatches;

  private boolean allSent;
  private boolean givenUp;
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

  /** Something short to be said. */
  private record Reply(FrameKind kind, FieldWriter payload) {}

  /** A batch that is ready to be sent, and what the peer will want of it, if that is foreseen. */
  private record Ready(Offer offer, ByteBuffer payload, @Nullable BitSet foreseen) {}

  Outbox(FrameWriter line, ParcelCodec codec, Turns turns, Foresight foresight) {
    this.line = line;
    this.codec = codec;
    this.turns = turns;
    this.foresight = foresight;
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
    Offer offer = offers.get(positions.batch());
    offer.want(positions);
    foresight.wanted(offer, positions);
    wanted = offer.isComplete() || givenUp ? null : positions;
    notifyAll();
  }

  /** The peer has made a batch durable; {@code before} says what it had seen before. */
  synchronized void acknowledged(Ack ack, Function<String, VersionVector> before)
      throws SyncException {
    offers.acknowledged(ack, before);
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
    return offers.acknowledged();
  }

  synchronized long changesAcknowledged() {
    return offers.changesAcknowledged();
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

  /** Says why this side gives up, and nothing else but what it has begun. */
  synchronized void giveUp(String reason) {
    replies.clear();
    wanted = null;
    givenUp = true;
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
        say(reply);
      } else if (next instanceof Positions positions) {
        content.send(offerOf(positions), positions);
      } else if (next == FLUSH) {
        // Not in next(): whoever reads would wait with this thread for the peer to read.
        line.flush();
        flushed = true;
      } else if (next instanceof Part now) {
        goOn(now, cutter, content, rest);
      } else {
        more = false;
      }
    }
    line.flush();
  }

  private synchronized Offer offerOf(Positions positions) throws SyncException {
    return offers.get(positions.batch());
  }

  private boolean mayGoOn() {
    return switch (part) {
      case FIRST, REST -> !allSent && (ready == null || offers.mayBeFollowed());
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
      Positions content = wanted;
      if (content != null) {
        wanted = null;
        return content;
      }
      if (mayGoOn()) {
        return part;
      }
      if (closing) {
        return END;
      }
      turns.waiting();
      if (!flushed) {
        return FLUSH;
      }
      try {
        wait();
      } catch (InterruptedException stop) {
        throw interrupted(stop);
      }
    }
  }

  private void goOn(Part now, @Nullable BatchCutter cutter, ContentSender content, Rest rest)
      throws IOException {
    switch (now) {
      case FIRST, REST -> {
        Ready next = ready;
        if (next != null) {
          batch(next, content);
        } else if (!makeReady(cutter)) {
          done(now == Part.FIRST ? Part.BETWEEN : now);
        }
      }
      case BETWEEN -> {
        // After one batch each both sides knew the same when they gave new UIDs, and gave the same.
        if (rest.isNeeded(mostBatches <= 1)) {
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

  /** Makes the next batch ready, while the peer looks at what came; false if there is none. */
  private boolean makeReady(@Nullable BatchCutter cutter) throws IOException {
    if (peerIsWaitedFor()) {
      line.flush();
    }
    BatchCutter.Cut cut = cutter == null ? null : cutter.next();
    if (cut == null) {
      return false;
    }
    Batch batch = cut.batch();
    ByteBuffer payload = Batch.encode(batch.number(), codec.pack(cut.parcel()));
    Offer offer = new Offer(batch, cut.weight());
    ready = new Ready(offer, payload, foresight.of(cut, offer));
    return true;
  }

  private synchronized boolean peerIsWaitedFor() {
    return !offers.areComplete();
  }

  private void batch(Ready next, ContentSender content) throws IOException {
    ready = null;
    Offer offer = next.offer();
    BitSet foreseen = next.foreseen();
    boolean unasked = foreseen != null && !offer.isComplete() && foresight.isRight(foreseen);
    synchronized (this) {
      offers.put(offer);
      mostBatches = Math.max(mostBatches, offer.batch.number());
      notifyAll();
    }
    frame(unasked ? FrameKind.FULL_BATCH : FrameKind.BATCH, next.payload());
    if (unasked && foreseen != null) {
      sendUnasked(offer, foreseen, content);
    }
  }

  private void sendUnasked(Offer offer, BitSet foreseen, ContentSender content) throws IOException {
    long batch = offer.batch.number();
    content.send(offer, new Positions(batch, Positions.FIRST, foreseen));
    List<BlobId> further = offer.blobs(Positions.SECOND);
    if (!further.isEmpty()) {
      BitSet unheard = foresight.unheard(List.of(), further);
      content.send(offer, new Positions(batch, Positions.SECOND, unheard));
    }
  }

  /**
   * Writes a frame of content; for the writing thread. Answers that there are by now go before it,
   * but not into the midst of a blob: the peer goes on with its own content once it has them.
   */
  void content(FrameKind kind, ByteBuffer payload) throws IOException {
    if (kind != FrameKind.PIECE) {
      for (Reply reply = reply(); reply != null; reply = reply()) {
        say(reply);
      }
    }
    frame(kind, payload);
  }

  private synchronized @Nullable Reply reply() {
    return replies.poll();
  }

  private void say(Reply reply) throws IOException {
    frame(reply.kind(), ByteBuffer.wrap(reply.payload().toBytes()));
  }

  private void frame(FrameKind kind, ByteBuffer payload) throws IOException {
    flushed = false;
    line.write(kind, turns.next(), payload);
  }
}
