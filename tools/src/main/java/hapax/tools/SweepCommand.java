package hapax.tools;

import hapax.blob.SweepMargins;
import hapax.blob.SweepPlan;
import hapax.blob.SweepResult;
import hapax.sync.MailStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives space back. */
@Command(
    name = "sweep",
    description = {
      "Remove what nothing refers to and give its space back.",
      "Messages expunged more than 30 days ago are let go; until then they can be restored."
    },
    footer = {"", "Examples:", "  hapax sweep --dry-run", "  hapax sweep", "  hapax sweep --now"})
final class SweepCommand extends StoreCommand {
  /** How long expunged messages can be restored. */
  static final Duration RETENTION = Duration.ofDays(30);

  @Option(names = "--dry-run", description = "Print what would go, and why; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--now",
      description =
          "Let go of all expunged messages, whenever that was, and of nearly all the space.")
  private boolean now;

  SweepCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    Instant horizon = now ? Instant.now() : Instant.now().minus(RETENTION);
    SweepMargins margins = now ? SweepMargins.NOW : SweepMargins.USUAL;
    if (dryRun) {
      print(store.blobs().planSweep(margins), expungedBefore(store, horizon), results);
    } else {
      store.forgetExpungedBefore(horizon);
      store.trimLogs();
      print(store.blobs().sweep(store.blobs().planSweep(margins)), results);
    }
    return ExitCode.DONE;
  }

  /** How many expunged items a sweep would let go of first. */
  private static long expungedBefore(MailStore store, Instant horizon) throws IOException {
    long items = 0;
    for (String name : store.accounts()) {
      items += MailboxName.account(store, name).expungedBefore(horizon);
    }
    return items;
  }

  private static void print(SweepPlan plan, long expunged, Results results) throws IOException {
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
    Map<String, Object> object = Json.object("dry_run", true, "dead_blobs", plan.deadBlobs());
    object.put("dead_records", plan.deadRecords());
    object.put("expunged_items", expunged);
    object.put("packs_removed", plan.going().size());
    object.put("bytes_freed", plan.bytesFreed());
    object.put("blobs_removed", 0);
    results.object(object);
  }

  private static void print(SweepResult done, Results results) throws IOException {
    results.line(
        String.format(
            "%s removed, %s freed: %s and %s nobody held",
            Text.count(done.packsRemoved(), "pack"),
            Text.bytes(done.bytesFreed()),
            Text.count(done.blobsRemoved(), "attachment"),
            Text.count(done.recordsRemoved(), "message")));
    Map<String, Object> object =
        Json.object("blobs_removed", done.blobsRemoved(), "bytes_freed", done.bytesFreed());
    object.put("messages_removed", done.recordsRemoved());
    object.put("packs_removed", done.packsRemoved());
    results.object(object);
  }
}
