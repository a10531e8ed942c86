package hapax.tools;

import hapax.blob.BlobStore.StoreSizes;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.MessageReader;
import hapax.sync.ExportJob;
import hapax.sync.Exporter;
import hapax.sync.ImportJob;
import hapax.sync.ImportReport;
import hapax.sync.Importer;
import hapax.sync.MailStore;
import hapax.sync.format.AccountFolders;
import hapax.sync.format.MailTarget;
import hapax.tools.bench.MachineLimits;
import hapax.tools.bench.MailTree;
import hapax.tools.bench.PeakMemory;
import hapax.tools.bench.Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the store on generated mail. */
@Command(
    name = "bench",
    description = {
      "Send generated mail through a fresh store and print rates beside what the machine can do.",
      "Works in a temporary folder and leaves nothing behind."
    },
    footer = {"", "Example:", "  hapax bench --profile office --messages 10000"})
final class BenchCommand extends BasicCommand {
  private static final int READS = 1_000;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "office",
      description = "${COMPLETION-CANDIDATES}; office if not said.")
  private Profile profile = Profile.OFFICE;

  @Option(names = "--messages", paramLabel = "N", description = "How many messages.")
  private @Nullable Long messages;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed, the same mail.")
  private long seed = 1;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Work in DIR, on the disk that is to be measured; in a temporary folder if not said.")
  private @Nullable Path folder;

  BenchCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    if (messages != null && messages < 1) {
      throw misuse("expected at least one message, found " + messages);
    }
    Path work =
        folder == null
            ? Files.createTempDirectory("hapax-bench-")
            : Files.createTempDirectory(Files.createDirectories(folder), "hapax-bench-");
    try {
      Figures figures = new Figures(results);
      measure(work, figures);
      results.object(figures.object());
    } finally {
      Folders.remove(work);
    }
    return ExitCode.DONE;
  }

  private void measure(Path work, Figures figures) throws IOException {
    long wanted = messages == null ? profile.usualMessages() : messages;
    Path mail = work.resolve("mail");
    figures.title("Mail, profile " + profile.name().toLowerCase(Locale.ROOT) + ", seed " + seed);
    MailTree.Written written = MailTree.write(profile, seed, wanted, mail);
    figures.count("messages", written.messages());
    figures.count("logical_bytes", written.bytes());
    MachineLimits limits = limits(work, mail, written, figures);
    Path folderOfStore = work.resolve("store");
    try (MailStore store = MailStore.open(folderOfStore, true)) {
      ingest(store, mail, limits, figures);
      read(store, figures);
      export(store, work.resolve("out"), written, limits, figures);
      verify(store, written, limits, figures);
      sizes(store, written, figures);
    }
    figures.count("stored_bytes", StoreFigures.size(folderOfStore));
    OptionalLong peak = PeakMemory.bytes();
    if (peak.isPresent()) {
      figures.add("peak_memory_mb", peak.getAsLong() / 1e6, "MB", "all of this run");
    }
  }

  private static MachineLimits limits(
      Path work, Path mail, MailTree.Written written, Figures figures) throws IOException {
    figures.title("What the machine can do");
    MachineLimits limits = MachineLimits.measure(work, mail, written.bytes());
    figures.add("machine_append_mb_s", limits.appendMegabytes(), "MB/s", "one file, one sync");
    figures.add("machine_sync_ms", limits.syncMillis(), "ms", "4 KiB and a sync, median");
    figures.add("machine_sha256_mb_s", limits.sha256Megabytes(), "MB/s", "one thread");
    figures.add("machine_copy_mb_s", limits.copyMegabytes(), "MB/s", "this mail, file by file");
    figures.add("machine_read_mb_s", limits.readMegabytes(), "MB/s", "this mail, and SHA-256");
    return limits;
  }

  private static void ingest(MailStore store, Path mail, MachineLimits limits, Figures figures)
      throws IOException {
    figures.title("Import");
    ImportReport cold = importMail(store, mail);
    add(figures, "ingest", cold, limits.copyMegabytes());
    ImportReport again = importMail(store, mail);
    add(figures, "ingest_again", again, limits.readMegabytes());
  }

  private static ImportReport importMail(MailStore store, Path mail) throws IOException {
    List<ImportJob> jobs = new ArrayList<>();
    List<ImportReport.Finding> failures = new ArrayList<>();
    AccountFolders.list(mail, new SourceWords.Told(failures))
        .forEach(a -> jobs.add(new ImportJob(a.account(), Optional.empty(), a.source())));
    ImportReport report = new Importer(store).run(jobs);
    if (report.failed() > 0 || !failures.isEmpty()) {
      throw new FailedException("generated mail could not be imported: " + report.failures());
    }
    return report;
  }

  private static void add(Figures figures, String name, ImportReport report, double limit)
      throws IOException {
    double seconds = Math.max(1e-3, report.time().toNanos() / 1e9);
    double rate = report.logicalBytes() / 1e6 / seconds;
    figures.add(name + "_mb_s", rate, "MB/s", ofLimit(rate, limit));
    figures.add(name + "_messages_s", report.seen() / seconds, "messages/s", "");
  }

  private static String ofLimit(double rate, double limit) {
    return String.format(Locale.ROOT, "%.2f of the machine's %.0f", rate / limit, limit);
  }

  private void read(MailStore store, Figures figures) throws IOException {
    figures.title("Read one message of all, by chance");
    List<RecordId> ids = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    long[] met = new long[1];
    store
        .blobs()
        .scanRecords(
            (id, length, summary, holders) -> {
              met[0]++;
              if (ids.size() < READS) {
                ids.add(id);
              } else if (random.nextLong(met[0]) < READS) {
                ids.set(random.nextInt(READS), id);
              }
              return true;
            });
    double[] millis = new double[ids.size()];
    try (StoreReader reader = store.blobs().reader()) {
      MessageReader messageReader = new MessageReader(reader);
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        messageReader.copyTo(ids.get(i), OutputStream.nullOutputStream());
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    figures.add("read_p50_ms", millis[millis.length / 2], "ms", "");
    figures.add("read_p99_ms", millis[millis.length * 99 / 100], "ms", "");
  }

  private static void export(
      MailStore store, Path out, MailTree.Written written, MachineLimits limits, Figures figures)
      throws IOException {
    figures.title("Export and verify");
    MailTarget target = MailTarget.of("maildir:" + out);
    List<ExportJob> jobs = new ArrayList<>();
    for (String name : store.accounts()) {
      jobs.add(
          new ExportJob(
              MailboxName.account(store, name), Optional.empty(), target.ofAccount(name)));
    }
    long start = System.nanoTime();
    new Exporter(store).run(jobs);
    double rate = written.bytes() * 1e3 / (System.nanoTime() - start);
    figures.add("export_mb_s", rate, "MB/s", ofLimit(rate, limits.copyMegabytes()));
  }

  private void verify(
      MailStore store, MailTree.Written written, MachineLimits limits, Figures figures)
      throws IOException {
    long start = System.nanoTime();
    Verification.Verified verified = new Verification(hapax(), store).run(Optional.empty(), 100);
    double rate = written.bytes() * 1e3 / (System.nanoTime() - start);
    if (!verified.findings().isEmpty()) {
      throw new FailedException("the store is damaged: " + verified.findings().get(0));
    }
    figures.add("verify_mb_s", rate, "MB/s", ofLimit(rate, limits.readMegabytes()));
  }

  private static void sizes(MailStore store, MailTree.Written written, Figures figures)
      throws IOException {
    figures.title("Size");
    StoreSizes sizes = store.blobs().sizes();
    figures.count("blob_bytes", Sharing.of(store.blobs()).storedBytes());
    figures.count("pack_bytes", sizes.packBytes());
    figures.count("catalog_bytes", sizes.catalogBytes());
    figures.add(
        "catalog_bytes_per_message",
        (double) sizes.catalogBytes() / written.messages(),
        "bytes",
        "");
    long stored = sizes.packBytes() + sizes.catalogBytes();
    figures.add("stored_ratio", (double) stored / written.bytes(), "", "of what came in");
  }
}
