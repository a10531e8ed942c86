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
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a session: asks for what a batch speaks of and is not owned here, takes it
 * in, and hands complete batches over in their order to be {@link Applying applied}. Used by one
 * thread, which never waits for the peer to read.
 */
final class Inbox implements Closeable {
  /** Longest batch or parcel when unpacked. */
  private static final int MOST_UNPACKED = FrameReader.MAX_PAYLOAD;

  private final Agreement agreement;
  private final ParcelCodec codec;
  private final Wants wants;
  private final Applier applier;
  private final Applying applying;
  private final ContentIntake content;
  private final Prover prover;
  private final Replies replies;

  /** The batch whose content comes; the next one comes after that. */
  private @Nullable Incoming incomplete;

  private final UnderWay underWay = new UnderWay();

  /**
   * Why messages and blobs did not come. A blob among them may be in the store all the same, and
   * belong to others: what was asked for and did not come is not taken from there.
   */
  private final Map<Object, String> lacking = new ConcurrentHashMap<>();

  private volatile boolean peerPaused;
  private volatile long last;

  /** What is said back. */
  interface Replies {
    void want(Positions wanted);

    void ack(Ack ack);

    /**
     * All is durable that the peer had when the session began.
     *
     * @param batches how many these were
     */
    void peerIsDurable(long batches);
  }

  /**
   * An inbox.
   *
   * @param owned what need not be asked for; of this thread alone
   * @param failed hears what went wrong while batches were applied, on another thread
   */
  Inbox(
      MailStore store,
      Agreement agreement,
      ParcelCodec codec,
      Owned owned,
      Prover prover,
      Applier applier,
      Replies replies,
      Consumer<Throwable> failed) {
    this.agreement = agreement;
    this.codec = codec;
    this.wants = new Wants(owned, underWay.batches(), replies);
    this.applier = applier;
    this.applying = new Applying(store, prover, applier, lacking, this::durable, failed);
    this.content = new ContentIntake(store.blobs(), codec, prover.held());
    this.prover = prover;
    this.replies = replies;
  }

  /** Begins to apply what will come. */
  void start() {
    applying.start();
  }

  /** Whether all content came of every batch that came. */
  boolean isComplete() {
    return incomplete == null;
  }

  /** Waits until every batch that came is durable. */
  void finish() throws IOException {
    applying.finish();
  }

  /** What went wrong while batches were applied. */
  @Nullable Throwable failure() {
    return applying.failure();
  }

  private void durable(Incoming batch) {
    underWay.remove(batch);
    prover.release(batch.carried);
    codec.giveBack(batch.parcel);
    replies.ack(new Ack(batch.batch.number(), batch.stopped));
    sayIfDurable();
  }

  /** The peer has sent all that it had when the session began. */
  void peerPaused() {
    peerPaused = true;
    sayIfDurable();
  }

  private void sayIfDurable() {
    if (peerPaused && underWay.isEmpty()) {
      replies.peerIsDurable(last);
    }
  }

  long blobsSkipped() {
    return wants.blobsSkipped();
  }

  /** A batch came. */
  void batch(Frame frame) throws IOException {
    Incoming incoming = read(frame, frame.kind() == FrameKind.FULL_BATCH);
    Batch batch = incoming.batch;
    underWay.add(incoming);
    List<RecordId> offered = List.copyOf(batch.offered());
    goOn(incoming, wants.ask(incoming, Positions.FIRST, offered, batch.records().values()));
  }

  /** Waits for more of a batch, or hands it over as complete. */
  private void goOn(Incoming batch, boolean more) {
    incomplete = more ? batch : null;
    if (!more) {
      batch.heldUpTo = prover.held().handOver();
      applying.add(batch);
    }
  }

  private Incoming read(Frame frame, boolean full) throws IOException {
    if (full && agreement.accounts().isPresent()) {
      throw new SyncException("the peer sends content unasked");
    }
    FieldReader fields = frame.fields();
    long number = fields.varint("number of batch", last + 1, last + 1);
    last = number;
    if (incomplete != null) {
      throw new SyncException(
          "the peer sends batch " + number + " before all of the one before came");
    }
    if (underWay.isFull()) {
      throw new SyncException("the peer sends more batches than it may at once");
    }
    // What came before is applied meanwhile, whatever the line does, so this ends.
    applying.awaitWhileBusy(UnderWay::areMany);
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
    Map<RecordId, StoredRecord> records = Batch.byId(parcel.records());
    if (agreement.accounts().isEmpty()) {
      return new Incoming(
          new Batch(number, entries, records), full, parcel, ContentIntake.verified(parcel));
    }
    // Whole groups go to whom everything goes; of others nothing is taken unasked.
    records.keySet().retainAll(Batch.named(entries));
    return new Incoming(new Batch(number, entries, records), false, parcel, Map.of());
  }

  /** The batch whose content comes; fails if nothing was asked for. */
  private Incoming incomplete(Frame frame) throws CorruptStoreException {
    Incoming batch = incomplete;
    if (batch == null) {
      throw frame.fields().fault(0, "nothing that was not asked for", frame.kind() + "");
    }
    return batch;
  }

  /** Records and small blobs came. */
  void parcel(Frame frame) throws IOException {
    Incoming incoming = incomplete(frame);
    Parcel parcel = codec.unpack(frame.fields().rest(), MOST_UNPACKED, "parcel");
    for (StoredRecord record : parcel.records()) {
      incoming.require(record.id(), frame);
    }
    for (BlobId blob : parcel.blobs().keySet()) {
      incoming.require(blob, frame);
    }
    Map<BlobId, String> wrong = content.keep(parcel);
    lacking.keySet().removeAll(parcel.blobs().keySet());
    wrong.forEach((blob, line) -> lacks(incoming, blob, line));
    for (StoredRecord record : parcel.records()) {
      incoming.take(record);
    }
    parcel.blobs().keySet().forEach(incoming::came);
    codec.giveBack(parcel);
  }

  /** A large blob begins, whose pieces {@code frames} goes on with. */
  void blob(Frame frame, FrameReader frames) throws IOException {
    Incoming incoming = incomplete(frame);
    BlobId id = BlobId.of(frame.fields().raw(32, "blob"));
    long length = frame.fields().varint("length", 0, Long.MAX_VALUE);
    frame.fields().end();
    incoming.require(id, frame);
    try {
      content.keep(id, length, new Pieces(frames));
      lacking.remove(id);
    } catch (ContentIntake.WrongContentException wrong) {
      lacks(incoming, id, wrong.getMessage() + "");
    }
    incoming.came(id);
  }

  /** Content did not come as it should; what is owned here is none the worse for that. */
  private void lacks(Incoming incoming, BlobId blob, String line) {
    if (incoming.needs(blob)) {
      lacking.put(blob, line);
    }
  }

  /** The pieces of a blob, from the line. */
  private record Pieces(FrameReader frames) implements ContentIntake.Pieces {
    @Override
    public ByteBuffer next() throws IOException {
      Frame frame = frames.next();
      if (frame == null || frame.kind() != FrameKind.PIECE) {
        throw new SyncException(
            "the peer broke off in the midst of a blob"
                + (frame == null ? "" : ": " + frame.kind()));
      }
      return frame.fields().rest();
    }

    @Override
    public void reuse() {
      frames.reusePieces();
    }
  }

  /** All that was asked for came, or will not come. */
  void end(Frame frame) throws IOException {
    Incoming incoming = incomplete(frame);
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
    goOn(
        incoming,
        stage == Positions.FIRST
            && wants.ask(incoming, Positions.SECOND, List.of(), incoming.wantedRecords()));
  }

  private static String name(Object id) {
    return (id instanceof BlobId ? "blob " : "message ") + id;
  }

  /**
   * The line is torn: of the batch that waits for content, what came in whole is applied, so that
   * only changes whose content is missing, and those to the same account after them, come again.
   */
  void applyWhatCame() {
    Incoming batch = incomplete;
    if (batch != null) {
      batch
          .missing()
          .forEach(id -> lacking.putIfAbsent(id, name(id) + ": the line was torn before it came"));
      goOn(batch, false);
    }
  }

  /** Lets what was handed over be applied, and no more. */
  @Override
  public void close() throws IOException {
    try (underWay) {
      applying.close();
    }
  }
}
