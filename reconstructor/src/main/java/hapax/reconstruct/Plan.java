package hapax.reconstruct;

import hapax.blob.BlobId;
import hapax.mime.Recipe;
import hapax.mime.Unshared;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one message is to be kept: its recipe under way, its literal bytes, and the blobs it needs.
 */
final class Plan {
  private final List<Recipe.Segment> segments = new ArrayList<>();
  private final Map<BlobId, Integer> numbers = new LinkedHashMap<>();
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Unshared, Long> unshared = new EnumMap<>(Unshared.class);

  /** A blob of this message: where its content is found. */
  record Piece(BlobId id, long length, PieceContent content) {}

  void literal(long length) {
    if (length > 0) {
      segments.add(new Recipe.Segment.Literal(length));
    }
  }

  void blob(BlobId id, long length, hapax.mime.Shape shape, PieceContent content) {
    int number = numbers.computeIfAbsent(id, fresh -> numbers.size());
    if (number == pieces.size()) {
      pieces.add(new Piece(id, length, content));
    }
    segments.add(new Recipe.Segment.Blob(number, length, shape));
  }

  void unshared(Unshared reason, long bytes) {
    unshared.merge(reason, bytes, Long::sum);
  }

  List<Piece> pieces() {
    return pieces;
  }

  List<BlobId> ids() {
    return List.copyOf(numbers.keySet());
  }

  Map<Unshared, Long> unshared() {
    return unshared;
  }

  Recipe recipe(long length, long headLength) {
    return new Recipe(length, headLength, segments);
  }
}
