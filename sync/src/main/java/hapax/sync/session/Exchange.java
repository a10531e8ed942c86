package hapax.sync.session;

import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.sync.FieldReader;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What follows the hellos: batches, content and acknowledgements, both ways at once. */
final class Exchange implements Closeable {
  /** A peer that has made no more changes than this by itself hardly has our messages already. */
  private static final long FEW_CHANGES = 4096;

  /** How long a peer may take to hear why this side gives up. */
  private static final long GRACE_MILLIS = 3000;

  /** A side says twice that it has sent all: all that it had, and all that it made of it. */
  private static final int PARTS = 2;

  private final SessionOptions options;
  private final Agreement agreement;
  private final FrameReader in;
  private final FrameWriter out;
  private final Line line;
  private final Turns turns;
  private final Replication.Owners owners;
  private final ParcelCodec sendCodec = new ParcelCodec();
  private final ParcelCodec receiveCodec = new ParcelCodec();
  private final StoreReader sendReader;
  private final StoreReader receiveReader;
  private final HeldBlobs held = HeldBlobs.some();
  private final @Nullable BatchCutter cutter;
  private final OwnChanges rest;
  private final Outbox outbox;
  private final ContentSender content;
  private final Applier applier;
  private final Inbox inbox;
  private final Thread writer = new Thread(this::write, "sync-writer");
  private int peerDone;
  private volatile @Nullable Throwable writerFailure;

  /** Gives frames as they come. */
  @FunctionalInterface
  interface Frames {
    Frame next() throws IOException;
  }

  Exchange(
      MailStore store,
      SessionOptions options,
      Agreement agreement,
      Session.Ends ends,
      Turns turns) {
    this.options = options;
    this.agreement = agreement;
    this.in = ends.in();
    this.out = ends.out();
    this.line = ends.line();
    this.turns = turns;
    this.sendReader = store.blobs().reader();
    this.receiveReader = store.blobs().reader();
    SortedSet<String> accounts = new TreeSet<>(agreement.mine().keySet());
    accounts.addAll(agreement.theirs().keySet());
    this.owners = store.replication().owners(accounts);
    this.cutter =
        agreement.send()
            ? new BatchCutter(store.replication(), sendReader, agreement, new Choice())
            : null;
    this.rest = new OwnChanges(store, agreement, accounts, cutter);
    this.outbox = new Outbox(out, sendCodec, turns, new Foresight(agreement.peerHasAllToCome()));
    this.content =
        new ContentSender(
            sendReader, store.blobs().ownership(), owners, sendCodec, outbox::content);
    boolean wholeStore = options.trusted() || agreement.accounts().isEmpty();
    Supplier<Owned> owned =
        () -> new Owned(store.blobs(), store.replication(), accounts, wholeStore);
    this.applier = new Applier(store, owned.get(), agreement.mine());
    Prover prover = new Prover(store.blobs(), receiveReader, held, agreement.mine());
    this.inbox =
        new Inbox(
            store, agreement, receiveCodec, owned.get(), prover, applier, outbox, this::giveUp);
    this.writer.setDaemon(true);
  }

  /** What the peer was told and has made durable, by account. */
  Map<String, VersionVector> acknowledged() {
    return outbox.acknowledged();
  }

  void run(Frames frames) throws IOException {
    if (!agreement.anythingToTake()) {
      inbox.peerPaused();
    }
    writer.start();
    inbox.start();
    try {
      read(frames);
      inbox.finish();
      outbox.close();
      join(0);
    } catch (IOException | RuntimeException failed) {
      giveUp(failed);
      inbox.applyWhatCame();
      throw first(failed);
    } catch (Error failed) {
      giveUp(failed);
      throw failed;
    }
    Throwable broken = writerFailure;
    if (broken != null) {
      throw new IOException("the line was torn: " + broken.getMessage(), broken);
    }
  }

  /** Tells the peer why, if it still listens, and has the writer end in any case. */
  private void giveUp(Throwable failed) {
    outbox.giveUp(String.valueOf(failed.getMessage()));
    outbox.close();
    try {
      join(GRACE_MILLIS);
      line.tear();
      join(0);
    } catch (IOException interrupted) {
      line.tear();
      failed.addSuppressed(interrupted);
    }
  }

  /** What went wrong first: a thread that fails tears the line, and so has the reader fail. */
  private IOException first(Exception failed) {
    Throwable broken = inbox.failure() == null ? writerFailure : inbox.failure();
    if (broken instanceof Error error) {
      throw error;
    }
    if (broken instanceof RuntimeException cause) {
      return new IOException(cause.toString(), cause);
    }
    if (broken instanceof IOException cause && !(failed instanceof PeerFailedException)) {
      if (cause != failed) {
        cause.addSuppressed(failed);
      }
      return cause;
    }
    return failed instanceof IOException io ? io : new IOException(failed.toString(), failed);
  }

  private void join(long millis) throws IOException {
    try {
      writer.join(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  private void write() {
    try {
      outbox.run(cutter, content, rest);
    } catch (IOException | RuntimeException | Error broken) {
      writerFailure = broken;
      outbox.close();
      line.tear();
    }
  }

  /** What goes along with changes. */
  private final class Choice implements BatchCutter.RecordChoice {
    /**
     * Whether the peer can hardly have a message: it has seen nothing yet, or only the item that is
     * being sent holds the message and the peer has made few changes by itself.
     */
    @Override
    public boolean goesAlong(String account, RecordId message) throws IOException {
      if (agreement.peerHasNothing()) {
        return agreement.accounts().isEmpty() || owners.holders(message, 1) > 0;
      }
      return agreement.mine(account).missing(agreement.theirs(account)) <= FEW_CHANGES
          && owners.holders(message, 2) == 1;
    }

    /** Only to whom everything goes: a group has what lay beside a change. */
    @Override
    public boolean goesWhole() {
      return agreement.peerHasAllToCome();
    }
  }

  private void read(Frames frames) throws IOException {
    while (!isThrough()) {
      try {
        take(frames.next());
      } catch (EOFException cut) {
        if (isThrough()) {
          return;
        }
        throw cut;
      }
    }
  }

  private boolean isThrough() throws IOException {
    return peerDone == PARTS && inbox.isComplete() && outbox.isThrough();
  }

  private void take(Frame frame) throws IOException {
    FieldReader fields = frame.fields();
    switch (frame.kind()) {
      case BATCH, FULL_BATCH -> {
        checkMoreMayCome(frame);
        inbox.batch(frame);
      }
      case PARCEL -> inbox.parcel(frame);
      case BLOB -> inbox.blob(frame, in);
      case END -> inbox.end(frame);
      case WANT -> outbox.wanted(Positions.decode(fields));
      case ACK -> outbox.acknowledged(Ack.decode(fields), agreement::theirs);
      case DONE -> {
        checkMoreMayCome(frame);
        peerDone++;
        inbox.peerPaused();
        fields.end();
      }
      default -> throw fields.fault(0, "what belongs here", frame.kind() + "");
    }
    options.progress().done(applier.messages(), in.position() + out.written(), 0);
  }

  private void checkMoreMayCome(Frame frame) throws IOException {
    if (peerDone == PARTS) {
      throw frame.fields().fault(0, "nothing after the end", frame.kind() + "");
    }
  }

  SessionReport report() {
    return new SessionReport(
        agreement.peer(),
        outbox.changesAcknowledged(),
        applier.changes(),
        out.written(),
        in.position(),
        turns.roundTrips(),
        content.blobsSent(),
        inbox.blobsSkipped(),
        failures());
  }

  private List<String> failures() {
    List<String> failures = new ArrayList<>(applier.failures());
    if (cutter != null) {
      failures.addAll(cutter.failures());
    }
    return failures;
  }

  @Override
  public void close() throws IOException {
    try (held) {
      inbox.close();
    }
    sendReader.close();
    receiveReader.close();
    sendCodec.close();
    receiveCodec.close();
  }
}
