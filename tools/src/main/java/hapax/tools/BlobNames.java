package hapax.tools;

import hapax.blob.StoreReader;
import hapax.reconstruct.MessageStructure.Stretch;
import hapax.reconstruct.StructureReader;
import java.io.IOException;
import java.util.Optional;

/** What messages call their blobs. */
final class BlobNames {
  private final StructureReader structures;

  /** Reads through {@code reader}, which stays the caller's to close. */
  BlobNames(StoreReader reader) {
    this.structures = new StructureReader(reader);
  }

  /** The file name that a message gives to a blob, or else its media type. */
  String name(Sharing.Shared shared) {
    try {
      return stretch(shared).map(BlobNames::name).orElse("(nobody refers to it)");
    } catch (IOException damaged) {
      // Statistics are worth having of a damaged store too; verify says what is damaged.
      return "(its message is damaged)";
    }
  }

  private static String name(Stretch.Blob stretch) {
    return stretch.fileName().orElse("(" + stretch.mediaType() + ")");
  }

  private Optional<Stretch.Blob> stretch(Sharing.Shared shared) throws IOException {
    if (shared.one() == null) {
      return Optional.empty();
    }
    return structures
        .describe(shared.one())
        .flatMap(
            message ->
                message.stretches().stream()
                    .filter(Stretch.Blob.class::isInstance)
                    .map(Stretch.Blob.class::cast)
                    .filter(stretch -> stretch.blob().equals(shared.blob()))
                    .findFirst());
  }
}
