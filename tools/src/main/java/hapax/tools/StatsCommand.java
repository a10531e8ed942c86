package hapax.tools;

import hapax.blob.StoreReader;
import hapax.sync.MailStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** Says what is stored and why it takes so much. */
@Command(
    name = "stats",
    description =
        "Show what is stored, what was saved and how, and what could not be shared and why.",
    footer = {"", "Example:", "  hapax stats"})
final class StatsCommand extends StoreCommand {
  StatsCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    StoreFigures figures = StoreFigures.of(store, hapax().storePath());
    try (StoreReader reader = store.blobs().reader()) {
      BlobNames names = new BlobNames(reader);
      print(figures, names, results);
      results.object(object(figures, names));
    }
    return ExitCode.DONE;
  }

  private static void print(StoreFigures figures, BlobNames names, Results results)
      throws IOException {
    printSum(figures, results);
    printSavings(figures, results);
    results.line("Messages are " + SweepCommand.kept(figures.retentionDays()));
    printDamageAndUnshared(figures, results);
    printBlobs(
        "Shared most (by what sharing saves)", figures.sharing().mostShared(), names, results);
    printBlobs("Largest attachments", figures.sharing().largest(), names, results);
  }

  private static void printSum(StoreFigures figures, Results results) throws IOException {
    long stored = figures.storedBytes();
    results.line(
        String.format(
            "Came in      %10s  in %s, %s",
            Text.bytes(figures.itemBytes()),
            Text.count(figures.items(), "message"),
            Text.count(figures.accounts(), "account")));
    results.line(
        String.format(
            Locale.ROOT,
            "Takes now    %10s  %s of that, 1 to %.1f",
            Text.bytes(stored),
            Text.percent(stored, figures.itemBytes()),
            stored == 0 ? 0.0 : (double) figures.itemBytes() / stored));
  }

  private static void printSavings(StoreFigures figures, Results results) throws IOException {
    Sharing sharing = figures.sharing();
    long parts = figures.messageBytes() - figures.unsharedBytes();
    long content = figures.unsharedBytes() + sharing.uniqueBytes();
    saved(
        "whole messages kept once", figures.itemBytes() - figures.messageBytes(), figures, results);
    saved("base64 kept as what it encodes", parts - sharing.referencedBytes(), figures, results);
    saved(
        "attachments kept once",
        sharing.referencedBytes() - sharing.uniqueBytes(),
        figures,
        results);
    saved("compression, less what indexes take", content - figures.storedBytes(), figures, results);
  }

  private static void saved(String how, long bytes, StoreFigures figures, Results results)
      throws IOException {
    results.line(
        String.format(
            "  saved by   %10s  %s: %s",
            Text.bytes(bytes), how, Text.percent(bytes, figures.itemBytes())));
  }

  private static void printDamageAndUnshared(StoreFigures figures, Results results)
      throws IOException {
    if (figures.damagedBlobs() > 0) {
      results.line(
          Text.count(figures.damagedBlobs(), "attachment")
              + " damaged: the next arrival of the same content heals it; verify says more");
    }
    Unshared.print(figures.savings(), results);
  }

  private static void printBlobs(
      String title, List<Sharing.Shared> blobs, BlobNames names, Results results)
      throws IOException {
    if (blobs.isEmpty()) {
      return;
    }
    results.line("");
    results.line(title);
    for (Sharing.Shared blob : blobs) {
      results.line(
          String.format(
              "  %9s  in %-16s saves %9s  %s",
              Text.bytes(blob.length()),
              Text.count(blob.messages(), "message"),
              Text.bytes(blob.savedBytes()),
              names.name(blob)));
    }
  }

  private static Map<String, ?> object(StoreFigures figures, BlobNames names) {
    Map<String, Object> object = Json.object("messages", figures.savings().messages());
    object.put("items", figures.items());
    object.put("logical_bytes", figures.itemBytes());
    object.put("message_bytes", figures.messageBytes());
    object.put("stored_bytes", figures.storedBytes());
    object.put("blobs", figures.sharing().blobs());
    object.put("unique_blob_bytes", figures.sharing().uniqueBytes());
    object.put("referenced_blob_bytes", figures.sharing().referencedBytes());
    object.put("damaged_blobs", figures.damagedBlobs());
    object.put("retention_days", figures.retentionDays());
    object.put("unshared", figures.savings().unshared());
    object.put("most_shared", list(figures.sharing().mostShared(), names));
    object.put("largest", list(figures.sharing().largest(), names));
    return object;
  }

  private static List<Map<String, ?>> list(List<Sharing.Shared> blobs, BlobNames names) {
    List<Map<String, ?>> list = new ArrayList<>();
    for (Sharing.Shared blob : blobs) {
      list.add(
          Json.object(
              "name",
              names.name(blob),
              "blob",
              blob.blob(),
              "length",
              blob.length(),
              "messages",
              blob.messages()));
    }
    return list;
  }
}
