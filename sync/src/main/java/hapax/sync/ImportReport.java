package hapax.sync;

import java.time.Duration;
import java.util.List;

/**
 * What an import did.
 *
 * @param seen messages that the sources showed, failed ones included
 * @param added items added
 * @param known messages that had their item already
 * @param failed messages and folders that could not be read; the first of them are listed
 * @param vanished messages that were deleted by others before they were read
 * @param flagged known items whose flags were changed to those of the source
 * @param deleted originals that were deleted
 * @param recorded messages whose signatures were recorded
 * @param logicalBytes length of all messages added and known
 * @param storedBytesAdded how much the store grew on disk; may be negative if it tidied up
 * @param failures what failed, at most {@link #MAX_LISTED}
 * @param skipped files left out because they are no mail, at most {@link #MAX_LISTED}
 */
public record ImportReport(
    long seen,
    long added,
    long known,
    long failed,
    long vanished,
    long flagged,
    long deleted,
    long recorded,
    long logicalBytes,
    long storedBytesAdded,
    Duration time,
    List<Finding> failures,
    List<Finding> skipped) {
  /** How many failures are listed; all are counted. */
  public static final int MAX_LISTED = 1000;

  public ImportReport {
    failures = List.copyOf(failures);
    skipped = List.copyOf(skipped);
  }

  /**
   * A thing to tell.
   *
   * @param place file, or message of a file
   * @param reason in one line
   */
  public record Finding(String place, String reason) {
    @Override
    public String toString() {
      return place + ": " + reason;
    }
  }
}
