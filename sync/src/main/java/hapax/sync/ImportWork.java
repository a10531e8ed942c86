package hapax.sync;

import hapax.blob.BlobStore.StoreSizes;
import hapax.blob.Intake;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.format.DeliveredMessages;
import hapax.sync.format.Reasons;
import hapax.sync.format.SourceFolder;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One import, from plan to report. */
final class ImportWork {
  /** Runs that may be under way or wait for their turn. */
  private static final int RUNS_UNDER_WAY = 256;

  private final MailStore store;
  private final Optional<SignatureCheck> check;
  private final Progress progress;
  private final ImportTally tally;
  private final ImportRun run;
  private final CommitPace pace;
  private final Semaphore permits = new Semaphore(RUNS_UNDER_WAY);
  private final FolderMerge merge = new FolderMerge();
  private final Set<MailboxId> met = new HashSet<>();
  private final List<Container> containers = new ArrayList<>();

  ImportWork(MailStore store, boolean delete, Optional<SignatureCheck> check, Progress progress)
      throws IOException {
    this.check = check;
    this.store = store;
    this.progress = progress;
    this.tally = new ImportTally(progress);
    boolean all = delete || store.blobs().isDamaged();
    this.run = new ImportRun(store, tally, new Originals(tally), delete, all);
    this.pace = new CommitPace(store, run.originals());
  }

  ImportReport run(List<ImportJob> jobs) throws IOException {
    long start = System.nanoTime();
    long before = size();
    List<PlannedFolder> folders = PlannedFolder.of(jobs, tally);
    if (progress != Progress.NONE) {
      Thread counter = new Thread(() -> tally.expect(PlannedFolder.count(folders)), "import-count");
      counter.setDaemon(true);
      counter.start();
    }
    try (Crew<ImportHand> crew =
        new Crew<>("import", Crew.usualSize(), () -> new ImportHand(store, check))) {
      for (PlannedFolder folder : folders) {
        importFolder(folder, crew);
      }
      merge.finish();
      crew.finish();
    }
    pace.commit();
    for (Container container : containers) {
      container.proof().delete(container.folder(), container.file(), tally);
    }
    return tally.report(size() - before, Duration.ofNanos(System.nanoTime() - start));
  }

  /** A file of many messages that is to go in the end. */
  private record Container(Path file, SourceFolder folder, ContainerProof proof) {}

  private long size() throws IOException {
    StoreSizes sizes = store.blobs().sizes();
    return sizes.packBytes() + sizes.catalogBytes();
  }

  private void importFolder(PlannedFolder planned, Crew<ImportHand> crew) throws IOException {
    Account account;
    Mailbox mailbox;
    try {
      account = store.openAccount(planned.account());
      mailbox = open(account, planned.mailbox());
    } catch (IllegalArgumentException unfit) {
      tally.failed(planned.folder().place(), String.valueOf(unfit.getMessage()));
      return;
    }
    boolean empty = met.add(mailbox.id()) && mailbox.uidNext() <= 1;
    FolderImport folder = new FolderImport(run, account, mailbox.id(), empty);
    FolderSequence sequence = new FolderSequence(folder, mailbox.id(), permits);
    if (run.delete()) {
      SourceFolder source = planned.folder();
      source
          .container()
          .ifPresent(file -> containers.add(new Container(file, source, folder.proof())));
    }
    long[] runs = new long[1];
    FolderMerge.RunTaker taker = messages -> submit(messages, runs[0]++, folder, sequence, crew);
    try {
      Optional<DeliveredMessages> messages = planned.folder().byDelivery();
      if (messages.isPresent()) {
        merge.add(new Listed(messages.get(), planned, folder), taker);
      } else {
        planned.folder().messages(taker::run, tally);
      }
    } catch (Crew.FailedException broken) {
      throw broken;
    } catch (IOException unreadable) {
      unreadable(planned, folder, unreadable);
    }
  }

  private void unreadable(PlannedFolder planned, FolderImport folder, IOException why) {
    folder.proof().missed();
    tally.failed(planned.folder().place(), Reasons.of(why));
  }

  /** The messages of a folder as far as they can be listed; where that fails, that is told. */
  private final class Listed implements DeliveredMessages {
    private final DeliveredMessages messages;
    private final PlannedFolder planned;
    private final FolderImport folder;

    Listed(DeliveredMessages messages, PlannedFolder planned, FolderImport folder) {
      this.messages = messages;
      this.planned = planned;
      this.folder = folder;
    }

    @Override
    public @Nullable SourceMessage next() {
      try {
        return messages.next();
      } catch (IOException why) {
        unreadable(planned, folder, why);
        return null;
      }
    }

    @Override
    public int held() {
      return messages.held();
    }
  }

  private void submit(
      List<SourceMessage> messages,
      long number,
      FolderImport folder,
      FolderSequence sequence,
      Crew<ImportHand> crew)
      throws IOException {
    crew.acquire(permits);
    crew.submit(hand -> sequence.complete(number, folder.take(messages, hand, pace::tick), hand));
  }

  private Mailbox open(Account account, String name) throws IOException {
    Optional<Mailbox> there = account.mailbox(name);
    if (there.isPresent()) {
      return there.get();
    }
    try (Intake unit = store.blobs().intake()) {
      return account.openMailbox(unit, name);
    }
  }
}
