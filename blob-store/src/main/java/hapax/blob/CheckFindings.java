package hapax.blob;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a check has found so far: all of it counted, some of it kept. Safe for threads. */
final class CheckFindings {
  private final List<Finding> kept = new ArrayList<>();
  private final Set<Id32> damaged = new HashSet<>();
  private long count;

  synchronized void add(Finding finding) {
    if (finding instanceof Finding.DamagedBlob blob && !damaged.add(blob.blob())) {
      return;
    }
    if (finding instanceof Finding.MissingBlob missing) {
      damaged.add(missing.blob());
    } else if (finding instanceof Finding.DamagedRecord record) {
      damaged.add(record.record());
    } else if (finding instanceof Finding.MissingRecord missing) {
      damaged.add(missing.record());
    }
    count++;
    if (kept.size() < CheckReport.MAX_FINDINGS) {
      kept.add(finding);
    }
  }

  synchronized List<Finding> kept() {
    return List.copyOf(kept);
  }

  synchronized Set<Id32> damaged() {
    return Set.copyOf(damaged);
  }

  synchronized long damagedBlobs() {
    return damaged.stream().filter(BlobId.class::isInstance).count();
  }

  synchronized long count() {
    return count;
  }
}
