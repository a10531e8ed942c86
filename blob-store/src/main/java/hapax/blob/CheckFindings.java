package hapax.blob;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a check has found so far: all of it counted, some of it kept. Safe for threads. */
final class CheckFindings {
  private final List<Finding> kept = new ArrayList<>();
  private final Set<BlobId> damagedBlobs = new HashSet<>();
  private long count;

  synchronized void add(Finding finding) {
    if (finding instanceof Finding.DamagedBlob damaged && !damagedBlobs.add(damaged.blob())) {
      return;
    }
    if (finding instanceof Finding.MissingBlob missing) {
      damagedBlobs.add(missing.blob());
    }
    count++;
    if (kept.size() < CheckReport.MAX_FINDINGS) {
      kept.add(finding);
    }
  }

  synchronized List<Finding> kept() {
    return List.copyOf(kept);
  }

  synchronized Set<BlobId> damagedBlobs() {
    return Set.copyOf(damagedBlobs);
  }

  synchronized long count() {
    return count;
  }
}
