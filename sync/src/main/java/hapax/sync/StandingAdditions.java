package hapax.sync;

import hapax.blob.BlobStore;
import java.io.IOException;
import java.util.Map;

/** The additions to an account, in its log, of items that stand there now. */
final class StandingAdditions {
  private final BlobStore blobs;
  private final String account;
  private final AccountIndex index;

  StandingAdditions(BlobStore blobs, String account) {
    this.blobs = blobs;
    this.account = account;
    this.index = new AccountIndex(blobs.rows(), account);
  }

  /** Shows their messages, of the additions that are in {@code seen}, until there are enough. */
  void show(VersionVector seen, Account.MessageVisitor visitor) throws IOException {
    for (Map.Entry<Long, VersionVector.Mark> origin : seen.marks().entrySet()) {
      blobs.scanLog(
          Change.logKey(account, origin.getKey(), 1),
          Change.logKey(account, origin.getKey(), origin.getValue().number() + 1),
          (key, entry) ->
              !(Change.decode(entry).body() instanceof ItemBody.Added added)
                  || index.state(added.item()).place() == null
                  || visitor.message(added.message()));
    }
  }
}
