package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Takes a bundle into a store, each batch as a session would. A bundle that was cut is taken up to
 * its last whole batch; what is wrong with a message stops its account there. Applying a bundle
 * again changes nothing.
 */
public final class BundleApplier {
  private final MailStore store;
  private final Replication replication;

  public BundleApplier(MailStore store) {
    this.store = store;
    this.replication = store.replication();
  }

  /** Applies it; says what was new, and what is still owed. */
  public BundleReport apply(BundleReader bundle) throws IOException {
    BundleHead head = bundle.head();
    if (head.writer() == replication.replica()) {
      throw new SyncException("the bundle was written by this store");
    }
    replication.check(head.seen());
    SortedMap<String, VersionVector> mine = replication.vectors();
    Set<String> accounts = new TreeSet<>(mine.keySet());
    accounts.addAll(head.seen().keySet());
    Owned owned = new Owned(store.blobs(), replication, accounts, true);
    List<String> debts = new ArrayList<>();
    try (StoreReader reader = store.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      Applier applier = new Applier(store, owned, mine);
      Prover prover = new Prover(store.blobs(), reader, HeldBlobs.NONE, mine);
      stopWithoutBase(head, mine, applier);
      Taking taking = new Taking(new ContentIntake(store.blobs(), codec, HeldBlobs.NONE));
      for (BundleReader.Full next = bundle.next(taking); next != null; next = bundle.next(taking)) {
        store.blobs().flush();
        next.gone().forEach(applier::gone);
        Map<Object, String> lacking = taking.lacking(next, owned);
        Prover.Proof proof = prover.prove(next.batch(), Map.of(), next.records(), lacking);
        applier.apply(next.batch(), next.parcel(), Map.of(), proof, lacking);
        store.commit();
      }
      replication.expungeForgotten(head.seen());
      applier.lacks().keep(replication, head.writer(), false);
      replication.heard(head.writer(), head.seen());
      store.commit();
      debts.addAll(applier.failures());
      return bundle.report(applier.changes(), debts);
    }
  }

  /** A store that was rolled back since must not take changes without those before them. */
  private static void stopWithoutBase(
      BundleHead head, SortedMap<String, VersionVector> mine, Applier applier) {
    for (var known : head.known().entrySet()) {
      VersionVector here = mine.getOrDefault(known.getKey(), VersionVector.NOTHING);
      if (!here.covers(known.getValue())) {
        applier.stop(
            known.getKey(),
            "the bundle builds on changes that are not here: this store was rolled back after it"
                + " told what it has, or the bundle is for another");
      }
    }
  }

  /** Takes content in, and remembers what was wrong. */
  private static final class Taking implements BundleReader.Content {
    private final ContentIntake intake;
    private final Map<Object, String> wrong = new HashMap<>();

    Taking(ContentIntake intake) {
      this.intake = intake;
    }

    @Override
    public void small(Parcel parcel) throws IOException {
      wrong.putAll(intake.keep(parcel));
    }

    @Override
    public void large(BlobId id, long length, ContentIntake.Pieces pieces) throws IOException {
      try {
        intake.keep(id, length, pieces);
      } catch (ContentIntake.WrongContentException bad) {
        wrong.put(id, bad.getMessage() + "");
      }
    }

    /** Why blobs of a batch are not there. */
    Map<Object, String> lacking(BundleReader.Full batch, Owned owned) throws IOException {
      Map<Object, String> lacking = new HashMap<>(wrong);
      for (Map.Entry<RecordId, StoredRecord> record : batch.records().entrySet()) {
        for (BlobId blob : record.getValue().blobs()) {
          if (!owned.owns(blob)) {
            lacking.putIfAbsent(
                blob, "blob " + blob + " is not in the bundle, and not here; a debt");
          }
        }
      }
      return lacking;
    }
  }
}
