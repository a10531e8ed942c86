package hapax.sync;

import hapax.sync.ItemsByArrival.Outgoing;
import hapax.sync.format.TargetFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives mail back, with all processors: every message checked against its digest before it gets its
 * name. A message that is damaged is told, and no file is there for it; the rest goes on.
 */
public final class Exporter {
  private final MailStore store;
  private Progress progress = Progress.NONE;

  /** Exports from {@code store}. */
  public Exporter(MailStore store) {
    this.store = store;
  }

  /** Says how far it is. */
  public Exporter telling(Progress listener) {
    this.progress = listener;
    return this;
  }

  /** A mailbox and where it goes. */
  private record Planned(ExportJob job, Mailbox mailbox) {}

  /**
   * Exports.
   *
   * @throws IOException before anything is written if mail is there already; later if the target
   *     can not be written
   * @throws IllegalArgumentException if there is no mailbox of a name that is wanted
   */
  public ExportReport run(List<ExportJob> jobs) throws IOException {
    long start = System.nanoTime();
    ExportTally tally = new ExportTally(progress);
    List<Planned> plan = plan(jobs);
    for (Planned each : plan) {
      each.job().target().check(each.mailbox().name());
      tally.expect(each.mailbox().items());
    }
    try (Crew<ExportHand> crew =
        new Crew<>("export", Crew.usualSize(), () -> new ExportHand(store))) {
      export(plan, tally, crew);
      crew.finish();
    }
    return tally.report(Duration.ofNanos(System.nanoTime() - start));
  }

  private static void export(List<Planned> plan, ExportTally tally, Crew<ExportHand> crew)
      throws IOException {
    ItemsByArrival items = new ItemsByArrival();
    List<FolderExport> folders = new ArrayList<>();
    for (Planned each : plan) {
      TargetFolder target = each.job().target().open(each.mailbox().name());
      FolderExport folder = new FolderExport(each.job().account(), each.mailbox(), target, tally);
      if (folder.isOneFile()) {
        crew.submit(folder::putAll);
      } else {
        items.add(folder);
        folders.add(folder);
      }
    }
    submit(items, tally.runLength(Crew.usualSize()), crew);
    for (FolderExport folder : folders) {
      folder.end();
    }
  }

  private static void submit(ItemsByArrival items, int runLength, Crew<ExportHand> crew)
      throws IOException {
    for (List<Outgoing> run = items.next(runLength); !run.isEmpty(); run = items.next(runLength)) {
      List<Outgoing> handed = run;
      handed.forEach(outgoing -> outgoing.folder().begin());
      crew.submit(
          hand -> {
            for (Outgoing outgoing : handed) {
              outgoing.folder().put(outgoing.item(), hand);
            }
          });
    }
  }

  private static List<Planned> plan(List<ExportJob> jobs) throws IOException {
    List<Planned> plan = new ArrayList<>();
    for (ExportJob job : jobs) {
      int before = plan.size();
      for (Mailbox mailbox : job.account().mailboxes()) {
        if (isWanted(mailbox, job)) {
          plan.add(new Planned(job, mailbox));
        }
      }
      if (plan.size() == before && job.mailbox().isPresent()) {
        throw new IllegalArgumentException(
            "account " + job.account().name() + " has no mailbox " + job.mailbox().get());
      }
    }
    return plan;
  }

  private static boolean isWanted(Mailbox mailbox, ExportJob job) {
    if (job.mailbox().isEmpty()) {
      return true;
    }
    String wanted = Names.kept(job.mailbox().get());
    boolean inbox = wanted.equals(Names.INBOX);
    return mailbox.name().equals(wanted) || (!inbox && mailbox.name().startsWith(wanted + "/"));
  }
}
