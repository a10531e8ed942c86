package hapax.tools;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.MessageStructure;
import hapax.reconstruct.MessageStructure.Stretch;
import hapax.reconstruct.StructureReader;
import hapax.sync.MailStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how one message is kept. */
@Command(
    name = "show",
    description = "Show how a message is kept: its parts and blobs, and who shares them.",
    footer = {"", "Examples:", "  hapax show jane/INBOX/17", "  hapax show 5f3a90c1"})
final class ShowCommand extends StoreCommand {
  @Parameters(
      paramLabel = "MESSAGE",
      description = "ACCOUNT/MAILBOX/UID, or the digest or its first digits (8 or more).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private MessageName message;

  ShowCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    RecordId id = message.in(store);
    try (StoreReader reader = store.blobs().reader()) {
      MessageStructure structure =
          new StructureReader(reader)
              .describe(id)
              .orElseThrow(() -> new FailedException("no message " + id));
      print(structure, sharing(store.blobs(), structure), results);
    }
    return ExitCode.DONE;
  }

  /** How many messages refer to each blob of one message. */
  private static Map<BlobId, Long> sharing(BlobStore store, MessageStructure structure)
      throws IOException {
    Map<BlobId, Long> sharing = new HashMap<>();
    for (Stretch stretch : structure.stretches()) {
      if (stretch instanceof Stretch.Blob blob) {
        sharing.put(blob.blob(), 0L);
      }
    }
    int[] missing = {sharing.size()};
    store.scanBlobs(
        (id, length, stored, references, one) -> {
          if (sharing.replace(id, references) != null) {
            missing[0]--;
          }
          return missing[0] > 0;
        });
    return sharing;
  }

  private static void print(MessageStructure structure, Map<BlobId, Long> sharing, Results results)
      throws IOException {
    List<Map<String, ?>> segments = new ArrayList<>();
    results.line("digest  " + structure.message());
    results.line("length  " + Text.count(structure.length()) + " bytes");
    for (Stretch stretch : structure.stretches()) {
      if (stretch instanceof Stretch.Blob blob) {
        long shared = sharing.getOrDefault(blob.blob(), 0L);
        segments.add(segment(blob, shared));
        printBlob(blob, shared, results);
      } else {
        segments.add(
            Json.object("kind", "text", "offset", stretch.offset(), "length", stretch.length()));
        results.line(
            String.format(
                "%10d  text of the message itself, %s",
                stretch.offset(), Text.bytes(stretch.length())));
      }
    }
    results.object(
        Json.object(
            "digest", structure.message(), "length", structure.length(), "segments", segments));
  }

  private static Map<String, ?> segment(Stretch.Blob blob, long shared) {
    Map<String, Object> segment =
        Json.object("kind", "blob", "offset", blob.offset(), "length", blob.length());
    segment.put("type", blob.mediaType());
    segment.put("name", blob.fileName().orElse(null));
    segment.put("size", blob.contentLength());
    segment.put("shape", blob.shape());
    segment.put("blob", blob.blob());
    segment.put("messages", shared);
    return segment;
  }

  private static void printBlob(Stretch.Blob blob, long shared, Results results)
      throws IOException {
    results.line(
        String.format(
            "%10d  %s%s, %s",
            blob.offset(),
            blob.mediaType(),
            blob.fileName().map(name -> " '" + name + "'").orElse(""),
            Text.bytes(blob.contentLength())));
    results.line("            blob  " + blob.blob());
    results.line("            shape " + blob.shape());
    results.line(
        "            in " + (shared < 2 ? "this message only" : Text.count(shared) + " messages"));
  }
}
