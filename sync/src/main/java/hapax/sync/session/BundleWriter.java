package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.Ownership;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bundle: what a peer has not seen, as far as is known, with all content that it is not
 * known to own. Nothing changes here by that but a note of what could not be read: until the peer
 * is heard again, the next bundle contains the same and more, so that bundles may come late, twice
 * or never.
 */
public final class BundleWriter {
  private final MailStore store;
  private final Replication replication;
  private final Ownership ownership;
  private final long peer;
  private final boolean everything;
  private final Set<Object> sent = new HashSet<>();
  private final List<String> debts = new ArrayList<>();
  private final Lacks lacks = new Lacks();
  private long changes;
  private long batches;

  /**
   * A bundle for a peer.
   *
   * @param everything whether content goes along even if the peer is known to own it
   * @throws SyncException if the peer is the store itself
   */
  public BundleWriter(MailStore store, long peer, boolean everything) throws SyncException {
    this.store = store;
    this.replication = store.replication();
    this.ownership = store.blobs().ownership();
    this.peer = peer;
    this.everything = everything;
    if (peer == replication.replica()) {
      throw new SyncException("a store needs no bundle for itself");
    }
  }

  /** Writes it. */
  public BundleReport write(OutputStream to) throws IOException {
    store.commit();
    SortedMap<String, VersionVector> mine = replication.vectors();
    SortedMap<String, VersionVector> theirs = new TreeMap<>(replication.seenBy(peer));
    theirs.keySet().retainAll(mine.keySet());
    BundleHead head = new BundleHead(replication.replica(), peer, Instant.now(), theirs, mine);
    FrameWriter out = new FrameWriter(new BufferedOutputStream(to, 1 << 16));
    out.write(FrameKind.BUNDLE, 0, head.encode());
    long blobs = batches(new Agreement(peer, true, false, Optional.empty(), mine, theirs), out);
    out.write(FrameKind.CLOSE, 0, new hapax.sync.FieldWriter().varint(batches));
    out.flush();
    lacks.keep(replication, peer, true);
    store.commit();
    return new BundleReport(head, batches, changes, blobs, out.written(), true, debts);
  }

  private long batches(Agreement agreement, FrameWriter out) throws IOException {
    PeerOwned owned =
        new PeerOwned(replication, ownership, everything ? new TreeMap<>() : agreement.theirs());
    try (StoreReader reader = store.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      Replication.Owners owners = replication.owners(new TreeSet<>(agreement.mine().keySet()));
      BatchCutter cutter =
          new BatchCutter(
              replication,
              reader,
              agreement,
              (account, message) -> owners.holders(message, 1) > 0 && !owned.owns(message));
      ContentSender content =
          new ContentSender(
              reader, ownership, owners, codec, (kind, payload) -> out.write(kind, 0, payload));
      for (BatchCutter.@Nullable Cut cut = cutter.next(); cut != null; cut = cutter.next()) {
        batch(cut, owned, content, codec, out);
      }
      debts.addAll(cutter.failures());
      return content.blobsSent();
    }
  }

  private void batch(
      BatchCutter.Cut cut,
      PeerOwned owned,
      ContentSender content,
      ParcelCodec codec,
      FrameWriter out)
      throws IOException {
    Batch batch = cut.batch();
    ByteBuffer payload = Batch.encode(batch.number(), codec.pack(cut.parcel()));
    out.write(FrameKind.BATCH, 0, payload);
    sent.addAll(batch.records().keySet());
    Offer offer = new Offer(batch, 0);
    BitSet wanted = new BitSet();
    for (int i = 0; i < offer.messages.size(); i++) {
      RecordId message = offer.messages.get(i);
      wanted.set(i, !owned.owns(message) && sent.add(message));
    }
    for (int i = 0; i < offer.blobs.size(); i++) {
      BlobId blob = offer.blobs.get(i);
      wanted.set(offer.messages.size() + i, !owned.owns(blob) && sent.add(blob));
    }
    for (Object lacking : content.send(offer, new Positions(batch.number(), 0, wanted))) {
      String what = lacking instanceof BlobId ? "blob " : "message ";
      String line = what + lacking + " can not be read here";
      debts.add(line);
      lacks.put(lacking, line);
    }
    lacks.addAll(batch);
    changes += batch.entries().size();
    batches++;
  }
}
