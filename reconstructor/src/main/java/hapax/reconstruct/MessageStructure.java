package hapax.reconstruct;

import hapax.blob.BlobId;
import hapax.blob.RecordId;
import hapax.mime.Shape;
import java.util.List;
import java.util.Optional;

/**
 * How one message is kept, for people: its stretches in order.
 *
 * @param length the message's length in bytes
 */
public record MessageStructure(RecordId message, long length, List<Stretch> stretches) {
  public MessageStructure {
    stretches = List.copyOf(stretches);
  }

  /** A stretch of the message, from {@code offset} on, {@code length} bytes of text. */
  public sealed interface Stretch {
    long offset();

    long length();

    /** Text kept in the slim record itself. */
    record Literal(long offset, long length) implements Stretch {}

    /**
     * Text kept as a blob through a shape.
     *
     * @param mediaType the part's media type; {@code application/octet-stream} if the stretch is no
     *     part
     * @param fileName the part's file name, where it has one
     */
    record Blob(
        long offset,
        long length,
        BlobId blob,
        long contentLength,
        Shape shape,
        String mediaType,
        Optional<String> fileName)
        implements Stretch {}
  }
}
