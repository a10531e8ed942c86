package hapax.blob;

import java.util.Arrays;
import java.util.List;

/**
 * What the store keeps under a {@link RecordId}: three runs of bytes that it does not interpret,
 * and the blobs that they speak of. The runs are kept apart because like compresses with like: in a
 * group all plans stand together, then all heads, then all bodies.
 */
public final class StoredRecord {
  private final RecordId id;
  private final long length;
  private final List<BlobId> blobs;
  private final byte[] summary;
  private final byte[] plan;
  private final byte[] head;
  private final byte[] body;

  /**
   * A record; the arrays are not copied.
   *
   * @param length length in bytes of what the record stands for
   * @param blobs the blobs it refers to, each once
   * @param summary a few bytes that go into the catalog row for statistics (at most 255)
   */
  public StoredRecord(
      RecordId id,
      long length,
      List<BlobId> blobs,
      byte[] summary,
      byte[] plan,
      byte[] head,
      byte[] body) {
    this.id = id;
    this.length = length;
    this.blobs = List.copyOf(blobs);
    this.summary = summary;
    this.plan = plan;
    this.head = head;
    this.body = body;
  }

  public RecordId id() {
    return id;
  }

  public long length() {
    return length;
  }

  public List<BlobId> blobs() {
    return blobs;
  }

  public byte[] summary() {
    return summary;
  }

  public byte[] plan() {
    return plan;
  }

  public byte[] head() {
    return head;
  }

  public byte[] body() {
    return body;
  }

  /** Whether {@code that} says the same of the same. */
  boolean sameAs(StoredRecord that) {
    return id.equals(that.id)
        && length == that.length
        && blobs.equals(that.blobs)
        && Arrays.equals(summary, that.summary)
        && Arrays.equals(plan, that.plan)
        && Arrays.equals(head, that.head)
        && Arrays.equals(body, that.body);
  }
}
