package hapax.sync.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a frame on the line, or in a bundle, says. The page {@code doc/session.md} has the table.
 */
enum FrameKind {
  /** Who speaks, and what it has seen. */
  HELLO(1),
  /** All that the speaker has seen. */
  VECTORS(2),
  /** Changes, with records. */
  BATCH(3),
  /** What the receiver lacks of what a batch speaks of. */
  WANT(4),
  /** Records and small blobs. */
  PARCEL(5),
  /** A large blob begins. */
  BLOB(6),
  /** A piece of the large blob that began. */
  PIECE(7),
  /** The end of what was wanted of a batch. */
  END(8),
  /** A batch is durable. */
  ACK(9),
  /** No more batches. */
  DONE(10),
  /** The speaker gives up, and says why. */
  FAILED(11),
  /** A bundle begins: by whom, for whom, what both had seen. */
  BUNDLE(12),
  /** A bundle ends. */
  CLOSE(13),
  /** Changes, with records; content follows that nobody need ask for. */
  FULL_BATCH(14);

  private static final List<FrameKind> ALL = List.of(values());

  final int code;

  FrameKind(int code) {
    this.code = code;
  }

  static @Nullable FrameKind of(int code) {
    for (FrameKind kind : ALL) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }
}
