package hapax.blob;

/**
 * What a sweep did.
 *
 * @param blobsRemoved blobs whose last copy went
 * @param recordsRemoved records whose last copy went
 * @param bytesFreed bytes of the packs removed less bytes written to copy what lives in them;
 *     negative if work that came in between made the copies larger
 * @param packsRemoved pack files removed
 */
public record SweepResult(
    long blobsRemoved, long recordsRemoved, long bytesFreed, int packsRemoved) {}
