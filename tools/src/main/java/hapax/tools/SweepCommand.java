package hapax.tools;

import hapax.blob.SweepMargins;
import hapax.blob.SweepPlan;
import hapax.blob.SweepResult;
import hapax.sync.MailStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives space back. */
@Command(
    name = "sweep",
    description = {
      "Remove what nothing refers to and give its space back.",
      "Expunged messages are let go of after 30 days, or as many as --keep said; until then they can"
          + " be restored. That holds for this store: those that it syncs with keep by a time of"
          + " their own. 'stats' shows how long it is."
    },
    footer = {
      "",
      "Examples:",
      "  hapax sweep --dry-run",
      "  hapax sweep",
      "  hapax sweep --keep 365",
      "  hapax sweep --now"
    })
final class SweepCommand extends StoreCommand {
  @Option(names = "--dry-run", description = "Print what would go, and why; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--now",
      description =
          "Let go of all expunged messages, whenever that was, and of nearly all the space. Later"
              + " ones are kept as before.")
  private boolean now;

  @Option(
      names = "--keep",
      paramLabel = "DAYS",
      description =
          "Keep expunged messages for so many whole days, 0 to 36500, from now on. If that is less"
              + " than before, older ones are let go of now; if it is more, what was let go of does"
              + " not come back.")
  private @Nullable Integer keep;

  SweepCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    if (keep != null && now) {
      throw misuse("expected --keep or --now, not both");
    }
    if (keep != null && (keep < 0 || keep > MailStore.MOST_RETENTION_DAYS)) {
      throw misuse(
          "expected 0 to " + MailStore.MOST_RETENTION_DAYS + " days to keep, found " + keep);
    }
    return super.run(results);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    int days = keep == null ? store.retentionDays() : keep;
    Instant horizon = now ? Instant.now() : Instant.now().minus(Duration.ofDays(days));
    SweepMargins margins = now ? SweepMargins.NOW : SweepMargins.USUAL;
    if (dryRun) {
      print(store.blobs().planSweep(margins), expungedBefore(store, horizon), days, results);
    } else {
      if (keep != null) {
        store.keepExpunged(keep);
      }
      store.forgetExpungedBefore(horizon);
      store.trimLogs();
      print(store.blobs().sweep(store.blobs().planSweep(margins)), days, results);
    }
    return ExitCode.DONE;
  }

  /** For how long expunged messages are kept, as said to people. */
  static String kept(int days) {
    return "kept for " + Text.count(days, "day") + " after they were expunged";
  }

  private String kept(int days, boolean would) {
    String messages = now ? "later messages are " : would ? "messages would be " : "messages are ";
    return messages + kept(days);
  }

  /** How many expunged items a sweep would let go of first. */
  private static long expungedBefore(MailStore store, Instant horizon) throws IOException {
    long items = 0;
    for (String name : store.accounts()) {
      items += MailboxName.account(store, name).expungedBefore(horizon);
    }
    return items;
  }

  private void print(SweepPlan plan, long expunged, int days, Results results) throws IOException {
    StringBuilder text = new StringBuilder();
    plan.printTo(text);
    for (String line : text.toString().lines().toList()) {
      results.line(line);
    }
    if (expunged > 0) {
      results.line(
          "and what only "
              + Text.count(expunged, "expunged message")
              + " hold, which a sweep lets go of first");
    }
    results.line(kept(days, keep != null));
    Map<String, Object> object = Json.object("dry_run", true, "dead_blobs", plan.deadBlobs());
    object.put("dead_records", plan.deadRecords());
    object.put("expunged_items", expunged);
    object.put("packs_removed", plan.going().size());
    object.put("bytes_freed", plan.bytesFreed());
    object.put("blobs_removed", 0);
    object.put("retention_days", days);
    results.object(object);
  }

  private void print(SweepResult done, int days, Results results) throws IOException {
    results.line(
        String.format(
            "%s removed, %s freed: %s and %s nobody held",
            Text.count(done.packsRemoved(), "pack"),
            Text.bytes(done.bytesFreed()),
            Text.count(done.blobsRemoved(), "attachment"),
            Text.count(done.recordsRemoved(), "message")));
    results.line(kept(days, false));
    Map<String, Object> object =
        Json.object("blobs_removed", done.blobsRemoved(), "bytes_freed", done.bytesFreed());
    object.put("messages_removed", done.recordsRemoved());
    object.put("packs_removed", done.packsRemoved());
    object.put("retention_days", days);
    results.object(object);
  }
}
