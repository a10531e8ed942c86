package hapax.blob;

import java.util.List;

/**
 * What a check read and found.
 *
 * @param frames frames whose checksum was verified
 * @param blobs blobs decoded and hashed
 * @param records records decoded
 * @param damagedBlobs blobs found damaged or missing
 * @param findings the first {@link #MAX_FINDINGS} in the order of finding
 * @param allFindings how many there were in all
 */
public record CheckReport(
    long frames,
    long blobs,
    long records,
    long damagedBlobs,
    List<Finding> findings,
    long allFindings) {
  /** More than anyone reads; a store of which every frame is damaged must not fill the memory. */
  public static final int MAX_FINDINGS = 1_000;

  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return allFindings == 0;
  }
}
