package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.CorruptStoreException;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.FieldReader;
import hapax.sync.LogEntry;
import hapax.sync.MailStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a session: asks for what a batch speaks of and is not owned here, takes it
 * in, applies batches in their order, commits, and says so. Used by one thread, which never waits
 * for the peer to read.
 */
final class Inbox {
  /** Longest batch or parcel when unpacked. */
  private static final int MOST_UNPACKED = FrameReader.MAX_PAYLOAD;

  private final MailStore store;
  private final Agreement agreement;
  private final ParcelCodec codec;
  private final Owned owned;
  private final Applier applier;
  private final ContentIntake content;
  private final Replies replies;
  private final Deque<Incoming> waiting = new ArrayDeque<>();
  private final Deque<Incoming> applied = new ArrayDeque<>();

  /**
   * Why messages and blobs did not come. A blob among them may be in the store all the same, and
   * belong to others: what was asked for and did not come is not taken from there.
   */
  private final Map<Object, String> lacking = new HashMap<>();

  private boolean uncommitted;
  private long last;
  private long blobsSkipped;

  /** What is said back. */
  interface Replies {
    void want(Positions wanted);

    void ack(Ack ack);
  }

  Inbox(
      MailStore store,
      Agreement agreement,
      ParcelCodec codec,
      Owned owned,
      Applier applier,
      Replies replies) {
    this.store = store;
    this.agreement = agreement;
    this.codec = codec;
    this.owned = owned;
    this.applier = applier;
    this.content = new ContentIntake(store.blobs(), codec);
    this.replies = replies;
  }

  /** Whether every batch that came is durable. */
  boolean isIdle() {
    return waiting.isEmpty() && applied.isEmpty();
  }

  long blobsSkipped() {
    return blobsSkipped;
  }

  /** A batch came. */
  void batch(Frame frame) throws IOException {
    Batch batch = read(frame);
    Incoming incoming = new Incoming(batch);
    waiting.add(incoming);
    ask(incoming, Positions.FIRST, List.copyOf(batch.offered()), batch.records().values());
    advance();
  }

  private Batch read(Frame frame) throws IOException {
    FieldReader fields = frame.fields();
    long number = fields.varint("number of batch", last + 1, last + 1);
    last = number;
    if (waiting.size() > Outbox.MOST_BATCHES) {
      throw new SyncException("the peer sends more batches than it may at once");
    }
    Parcel parcel = codec.unpack(fields.rest(), MOST_UNPACKED, "batch " + number);
    List<LogEntry> entries = new ArrayList<>();
    for (byte[] bytes : parcel.logEntries()) {
      LogEntry entry = LogEntry.decode(bytes);
      if (!agreement.receive() || !agreement.speaksOf(entry.account())) {
        throw new SyncException(
            "the peer sends changes of account " + entry.account() + ", unasked");
      }
      entries.add(entry);
    }
    return new Batch(number, entries, Batch.byId(parcel.records()));
  }

  /** Asks for messages, and blobs of records, that are not owned and not yet on their way. */
  private void ask(
      Incoming incoming, int stage, List<RecordId> messages, Iterable<StoredRecord> records)
      throws IOException {
    List<BlobId> blobs = new ArrayList<>(Batch.blobs(records));
    blobs.removeAll(incoming.spokenOf);
    Incoming.Asked asked = new Incoming.Asked(stage, messages, blobs);
    for (int i = 0; i < messages.size(); i++) {
      RecordId message = messages.get(i);
      asked.set(i, !isComing(message) && !owned.owns(message));
    }
    for (int i = 0; i < blobs.size(); i++) {
      BlobId blob = blobs.get(i);
      boolean skipped = isComing(blob) || owned.owns(blob);
      blobsSkipped += skipped ? 1 : 0;
      asked.set(messages.size() + i, !skipped);
    }
    incoming.ask(asked);
    if (asked.isEmpty()) {
      incoming.complete = true;
    } else {
      replies.want(new Positions(incoming.batch.number(), stage, asked.wanted()));
    }
  }

  private boolean isComing(Object id) {
    return waiting.stream().anyMatch(each -> each.expected.contains(id))
        || applied.stream().anyMatch(each -> each.expected.contains(id));
  }

  /** Records and small blobs came. */
  void parcel(Frame frame) throws IOException {
    Incoming incoming = current(frame);
    Parcel parcel = codec.unpack(frame.fields().rest(), MOST_UNPACKED, "parcel");
    for (StoredRecord record : parcel.records()) {
      incoming.came(record.id(), frame);
      incoming.records.put(record.id(), record);
    }
    for (BlobId blob : parcel.blobs().keySet()) {
      incoming.came(blob, frame);
    }
    try {
      content.keep(parcel.blobs());
      lacking.keySet().removeAll(parcel.blobs().keySet());
      uncommitted = true;
    } catch (ContentIntake.WrongContentException wrong) {
      parcel.blobs().keySet().forEach(blob -> lacking.put(blob, wrong.getMessage() + ""));
    }
  }

  /** A large blob begins, whose pieces {@code frames} goes on with. */
  void blob(Frame frame, FrameReader frames) throws IOException {
    Incoming incoming = current(frame);
    BlobId id = BlobId.of(frame.fields().raw(32, "blob"));
    long length = frame.fields().varint("length", 0, Long.MAX_VALUE);
    frame.fields().end();
    incoming.came(id, frame);
    try {
      content.keep(id, length, () -> piece(frames));
      lacking.remove(id);
      uncommitted = true;
    } catch (ContentIntake.WrongContentException wrong) {
      lacking.put(id, wrong.getMessage() + "");
    }
  }

  private static ByteBuffer piece(FrameReader frames) throws IOException {
    Frame frame = frames.next();
    if (frame == null || frame.kind() != FrameKind.PIECE) {
      throw new SyncException(
          "the peer broke off in the midst of a blob" + (frame == null ? "" : ": " + frame.kind()));
    }
    return frame.fields().rest();
  }

  /** All that was asked for came, or will not come. */
  void end(Frame frame) throws IOException {
    Incoming incoming = current(frame);
    FieldReader fields = frame.fields();
    fields.varint("batch", incoming.batch.number(), incoming.batch.number());
    int stage = fields.octet("stage");
    if (stage != incoming.asked().stage()) {
      throw fields.fault(fields.position() - 1, "stage " + incoming.asked().stage(), stage + "");
    }
    int unreadable = fields.count("lacking", 1);
    for (int i = 0; i < unreadable; i++) {
      fields.varint("position", 0, incoming.asked().size() - 1L);
    }
    int forgotten = fields.count("gone", 1);
    for (int i = 0; i < forgotten; i++) {
      long position = fields.varint("position", 0, incoming.asked().size() - 1L);
      if (incoming.asked().at((int) position) instanceof RecordId message) {
        applier.gone(message);
      }
    }
    fields.end();
    incoming
        .lacking()
        .forEach(id -> lacking.putIfAbsent(id, name(id) + ": the peer can not read it"));
    if (stage == Positions.FIRST && incoming.hasWantedMessages()) {
      ask(incoming, Positions.SECOND, List.of(), incoming.wantedRecords());
    } else {
      incoming.complete = true;
    }
    advance();
  }

  private static String name(Object id) {
    return (id instanceof BlobId ? "blob " : "message ") + id;
  }

  /** The batch whose content comes: the first that has asked for some and not got it all. */
  private Incoming current(Frame frame) throws CorruptStoreException {
    for (Incoming incoming : waiting) {
      if (!incoming.complete) {
        return incoming;
      }
    }
    throw frame.fields().fault(0, "nothing that was not asked for", frame.kind() + "");
  }

  /** Applies what is complete, in order; commits when nothing else is to be done. */
  private void advance() throws IOException {
    for (@Nullable Incoming next = waiting.peek();
        next != null && next.complete;
        next = waiting.peek()) {
      if (uncommitted) {
        commit();
      }
      next.stopped = applier.apply(next.batch, next.allRecords(), lacking);
      applied.add(waiting.remove());
    }
    if (waiting.isEmpty() && !applied.isEmpty()) {
      commit();
    }
  }

  /** Makes what was applied durable, and says so. */
  void commit() throws IOException {
    store.commit();
    uncommitted = false;
    for (Incoming done = applied.poll(); done != null; done = applied.poll()) {
      replies.ack(new Ack(done.batch.number(), done.stopped));
    }
  }
}
