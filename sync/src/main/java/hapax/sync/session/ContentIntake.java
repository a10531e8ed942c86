package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.Content;
import hapax.blob.Intake;
import hapax.blob.PackedContent;
import hapax.blob.PackedPiece;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes blobs into the store, each only if its bytes match its id. What was taken in stays,
 * whatever becomes of the session.
 */
final class ContentIntake {
  /** Content up to this length is held in memory, so that no unit of work waits for the line. */
  private static final int IN_MEMORY = 8 << 20;

  private final BlobStore store;
  private final ParcelCodec codec;
  private final HeldBlobs held;

  /** For a piece of what is not held. */
  private @Nullable ByteBuffer scratch;

  /**
   * Of one thread.
   *
   * @param held where content of large blobs is held, if there is room
   */
  ContentIntake(BlobStore store, ParcelCodec codec, HeldBlobs held) {
    this.store = store;
    this.codec = codec;
    this.held = held;
  }

  /** Gives the pieces of a large blob as they come. */
  @FunctionalInterface
  interface Pieces {
    /** The next piece, packed; empty if the sender can not go on. */
    ByteBuffer next() throws IOException;

    /** Nobody has need any more of the pieces that were given: their room may be used again. */
    default void reuse() {}
  }

  /** The bytes of a blob do not match its id, or do not all come. */
  static final class WrongContentException extends IOException {
    private static final long serialVersionUID = 1;

    WrongContentException(String message) {
      super(message);
    }
  }

  /** Keeps the small blobs of a parcel that match their ids; says what is wrong with others. */
  Map<BlobId, String> keep(Parcel parcel) throws IOException {
    Map<BlobId, byte[]> verified = verified(parcel);
    try (Intake unit = store.intake(parcel)) {
      put(unit, verified);
    }
    Map<BlobId, String> wrong = new LinkedHashMap<>();
    for (Map.Entry<BlobId, byte[]> blob : parcel.blobs().entrySet()) {
      if (!verified.containsKey(blob.getKey())) {
        wrong.put(blob.getKey(), otherBytes(blob.getKey(), id(blob.getValue())));
      }
    }
    return wrong;
  }

  /** Puts small blobs. */
  static void put(Intake unit, Map<BlobId, byte[]> blobs) throws IOException {
    for (Map.Entry<BlobId, byte[]> blob : blobs.entrySet()) {
      byte[] content = blob.getValue();
      unit.putBlob(blob.getKey(), content.length, Content.of(content));
    }
  }

  /** The small blobs of a parcel that match their ids. */
  static Map<BlobId, byte[]> verified(Parcel parcel) {
    Map<BlobId, byte[]> verified = new LinkedHashMap<>(parcel.blobs());
    verified.entrySet().removeIf(blob -> !blob.getKey().equals(id(blob.getValue())));
    return verified;
  }

  private static BlobId id(byte[] content) {
    return BlobId.of(Vectors.sha256().digest(content));
  }

  private static void check(BlobId expected, BlobId found) throws WrongContentException {
    if (!expected.equals(found)) {
      throw new WrongContentException(otherBytes(expected, found));
    }
  }

  private static String otherBytes(BlobId expected, BlobId found) {
    return "blob " + expected + ": the peer sent other bytes, of hash " + found;
  }

  /** Keeps a large blob; in any case all of its pieces are read. */
  void keep(BlobId id, long length, Pieces pieces) throws IOException {
    Reading reading = new Reading(id, length, pieces);
    if (length <= IN_MEMORY) {
      List<PackedPiece> kept = new ArrayList<>();
      @Nullable ByteBuffer room = held.room(length);
      reading.forEach(room, (piece, content) -> kept.add(piece));
      put(id, length, new PackedContent(kept));
      pieces.reuse();
      if (room != null) {
        held.hold(id, room.flip());
      }
    } else {
      keepThroughFile(id, length, reading, pieces);
    }
  }

  /** No unit of work, and so no commit of the whole store, waits for the peer. */
  private void keepThroughFile(BlobId id, long length, Reading reading, Pieces pieces)
      throws IOException {
    Path file = Files.createTempFile("hapax", ".blob");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        reading.forEach(
            null,
            (piece, content) -> {
              out.write(
                  content.array(), content.arrayOffset() + content.position(), content.remaining());
              pieces.reuse();
            });
      }
      put(id, length, sink -> Files.copy(file, sink));
    } finally {
      Files.delete(file);
    }
  }

  private ByteBuffer scratch() {
    ByteBuffer there = scratch;
    if (there == null) {
      there = ByteBuffer.allocate(ParcelCodec.PIECE);
      scratch = there;
    }
    return there.clear();
  }

  private void put(BlobId id, long length, Content content) throws IOException {
    try (Intake unit = store.intake()) {
      unit.putBlob(id, length, content);
    }
  }

  /** Takes pieces. */
  @FunctionalInterface
  private interface PieceSink {
    void take(PackedPiece piece, ByteBuffer content) throws IOException;
  }

  /** The content of a large blob on its way in: read once, hashed. */
  private final class Reading {
    private final BlobId id;
    private final long length;
    private final Pieces pieces;

    Reading(BlobId id, long length, Pieces pieces) {
      this.id = id;
      this.length = length;
      this.pieces = pieces;
    }

    /** Passes the pieces on; what they hold lies in {@code room}, if there is one. */
    void forEach(@Nullable ByteBuffer room, PieceSink sink) throws IOException {
      MessageDigest digest = Vectors.sha256();
      String name = "blob " + id;
      for (long done = 0; done < length; ) {
        ByteBuffer packed = pieces.next();
        if (!packed.hasRemaining()) {
          throw new WrongContentException(name + ": the peer can not read it");
        }
        int expected = (int) Math.min(ParcelCodec.PIECE, length - done);
        ByteBuffer into = room == null ? scratch() : room;
        into.limit(into.position() + expected);
        ByteBuffer content = into.slice();
        PackedPiece piece = codec.unpackPiece(packed, into, name);
        if (piece.length() != expected) {
          throw new SyncException(
              name
                  + ": a piece of "
                  + piece.length()
                  + " bytes at offset "
                  + done
                  + ", expected "
                  + expected);
        }
        digest.update(content.limit(expected));
        sink.take(piece, content.flip());
        done += piece.length();
      }
      check(id, BlobId.of(digest.digest()));
    }
  }
}
