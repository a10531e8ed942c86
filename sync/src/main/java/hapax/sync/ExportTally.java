package hapax.sync;

import hapax.sync.ImportReport.Finding;
import hapax.sync.format.Reasons;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what an export does, for all its threads. */
final class ExportTally {
  private static final long SHORTEST_RUN = 16;
  private static final long LONGEST_RUN = 1024;

  private final Progress progress;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong expected = new AtomicLong();
  private final List<Finding> failures = new ArrayList<>();

  ExportTally(Progress progress) {
    this.progress = progress;
  }

  void expect(long more) {
    expected.addAndGet(more);
  }

  /**
   * How many messages a thread gets at once: many, so that threads do not decode the same groups,
   * but so few that all have something to do to the end.
   */
  int runLength(int threads) {
    return (int) Math.max(SHORTEST_RUN, Math.min(LONGEST_RUN, expected.get() / (8L * threads)));
  }

  void written(long length) {
    progress.done(messages.incrementAndGet(), bytes.addAndGet(length), expected.get());
  }

  /** A message that is not there now. */
  void failed(String place, String reason) {
    failed.incrementAndGet();
    lost(place, reason);
  }

  /** Something about messages that was not kept. */
  void lost(String place, String reason) {
    synchronized (failures) {
      if (failures.size() < ImportReport.MAX_LISTED) {
        failures.add(new Finding(Reasons.oneLine(place), Reasons.oneLine(reason)));
      }
    }
  }

  ExportReport report(Duration time) {
    synchronized (failures) {
      return new ExportReport(messages.get(), bytes.get(), failed.get(), time, failures);
    }
  }
}
