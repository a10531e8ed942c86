package hapax.sync;

import hapax.sync.ImportReport.Finding;
import hapax.sync.format.Problems;
import hapax.sync.format.Reasons;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what an import does, for all its threads. */
final class ImportTally implements Problems {
  private final Progress progress;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong vanished = new AtomicLong();
  private final AtomicLong flagged = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong recorded = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong expected = new AtomicLong();
  private final List<Finding> failures = new ArrayList<>();
  private final List<Finding> skipped = new ArrayList<>();

  ImportTally(Progress progress) {
    this.progress = progress;
  }

  void expect(long messages) {
    expected.set(messages);
  }

  void added(long length) {
    added.incrementAndGet();
    done(length);
  }

  void known(long length) {
    known.incrementAndGet();
    done(length);
  }

  void vanished() {
    vanished.incrementAndGet();
    done(0);
  }

  void flagged() {
    flagged.incrementAndGet();
  }

  /** A message whose signatures were recorded. */
  void recorded() {
    recorded.incrementAndGet();
  }

  void deleted() {
    deleted.incrementAndGet();
  }

  /** A message that was seen and could not be taken. */
  void failedMessage(String place, String reason) {
    failed(place, reason);
    done(0);
  }

  private void done(long length) {
    progress.done(done.incrementAndGet(), bytes.addAndGet(length), expected.get());
  }

  @Override
  public void failed(String place, String reason) {
    failed.incrementAndGet();
    list(failures, place, reason);
  }

  @Override
  public void skipped(String place, String reason) {
    list(skipped, place, reason);
  }

  private static void list(List<Finding> findings, String place, String reason) {
    synchronized (findings) {
      if (findings.size() < ImportReport.MAX_LISTED) {
        findings.add(new Finding(Reasons.oneLine(place), Reasons.oneLine(reason)));
      }
    }
  }

  long failures() {
    return failed.get();
  }

  ImportReport report(long storedBytesAdded, Duration time) {
    synchronized (failures) {
      synchronized (skipped) {
        return new ImportReport(
            done.get(),
            added.get(),
            known.get(),
            failed.get(),
            vanished.get(),
            flagged.get(),
            deleted.get(),
            recorded.get(),
            bytes.get(),
            storedBytesAdded,
            time,
            failures,
            skipped);
      }
    }
  }
}
