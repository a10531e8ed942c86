package hapax.sync;

import java.time.Duration;
import java.util.List;

/**
 * What an export did.
 *
 * @param messages messages written
 * @param bytes their length
 * @param failed messages that could not be given back; of these no file is there
 * @param failures what failed or was not kept, at most {@link ImportReport#MAX_LISTED}
 */
public record ExportReport(
    long messages, long bytes, long failed, Duration time, List<ImportReport.Finding> failures) {
  public ExportReport {
    failures = List.copyOf(failures);
  }
}
