package hapax.sync.session;

import java.util.List;

/**
 * What a bundle holds, or what came of it.
 *
 * @param head how it begins
 * @param batches whole batches
 * @param changes changes in it; of one that was applied, those that were new
 * @param blobs blobs in it
 * @param bytes its length
 * @param whole whether it has its end; without it, it was taken up to its last whole batch
 * @param debts what it could not contain, or what could not be taken over, a line each
 */
public record BundleReport(
    BundleHead head,
    long batches,
    long changes,
    long blobs,
    long bytes,
    boolean whole,
    List<String> debts) {
  public BundleReport {
    debts = List.copyOf(debts);
  }
}
