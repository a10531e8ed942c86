package hapax.tools;

import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import hapax.sync.format.MailSource;
import hapax.sync.format.Problems;
import hapax.sync.format.SourceFolder;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Has the signatures of many messages checked, with all processors; findings go to a tally. */
final class SignatureRun implements AutoCloseable {
  private static final int RUN = 64;
  private static final int RUNS_UNDER_WAY = 16;

  private final MailStore store;
  private final SignatureCheck check;
  private final SignatureTally tally;
  private final ProgressLine progress;
  private final ExecutorService crew =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final Semaphore permits = new Semaphore(RUNS_UNDER_WAY);
  private final Counterparts counterparts = new Counterparts();
  private final Set<RecordId> met = new HashSet<>();
  private List<Stored> run = new ArrayList<>();
  private long expected;

  /** A stored message, and where one meets it first. */
  private record Stored(String place, RecordId id, List<Account> accounts) {}

  /** What a thread does with a worker of its own. */
  @FunctionalInterface
  private interface Task {
    void with(SignatureWorker worker) throws IOException;
  }

  SignatureRun(MailStore store, SignatureCheck check, SignatureTally tally, ProgressLine progress) {
    this.store = store;
    this.check = check;
    this.tally = tally;
    this.progress = progress;
  }

  /** Checks the messages that accounts show, each once. */
  void accounts(List<String> names) throws IOException {
    for (String name : names) {
      for (Mailbox mailbox : MailboxName.account(store, name).mailboxes()) {
        expected += mailbox.items();
      }
    }
    for (String name : names) {
      Account account = MailboxName.account(store, name);
      for (Mailbox mailbox : account.mailboxes()) {
        MailboxName place = new MailboxName(name, mailbox.name());
        account.items(
            mailbox.id(),
            1,
            item -> {
              stored(new ItemName(place, item.uid()).toString(), item.message(), List.of(account));
              return true;
            });
      }
    }
  }

  /** Checks one stored message, and the record that one of these accounts may have of it. */
  void stored(String place, RecordId id, List<Account> accounts) {
    if (met.add(id)) {
      run.add(new Stored(place, id, accounts));
      if (run.size() == RUN) {
        submitStored();
      }
    }
  }

  private void submitStored() {
    List<Stored> ready = run;
    run = new ArrayList<>();
    submit(
        worker -> {
          for (Stored stored : ready) {
            worker.checkStored(stored.place(), stored.id(), stored.accounts());
          }
        });
  }

  /** Checks originals, and what the store gives back for each. */
  void originals(MailSource source) throws IOException {
    Problems problems = new Told(tally);
    for (SourceFolder folder : source.folders(problems)) {
      expected += folder.count();
    }
    for (SourceFolder folder : source.folders(problems)) {
      folder.messages(this::submitOriginals, problems);
    }
  }

  private void submitOriginals(List<SourceMessage> messages) {
    submit(
        worker -> {
          for (SourceMessage message : messages) {
            worker.checkOriginal(message);
          }
        });
  }

  private void submit(Task task) {
    permits.acquireUninterruptibly();
    crew.execute(
        () -> {
          BlobStore blobs = store.blobs();
          try (StoreReader reader = blobs.reader()) {
            task.with(worker(reader));
          } catch (IOException | RuntimeException failed) {
            tally.found(Explain.line(failed));
          } finally {
            permits.release();
          }
        });
  }

  private SignatureWorker worker(StoreReader reader) {
    return new SignatureWorker(reader, check, tally, counterparts, this::progress);
  }

  private void progress(long messages, long bytes) {
    progress.done(messages, bytes, expected);
  }

  /** Waits until all is checked. */
  void finish() throws IOException {
    submitStored();
    permits.acquireUninterruptibly(RUNS_UNDER_WAY);
    permits.release(RUNS_UNDER_WAY);
    try (StoreReader reader = store.blobs().reader()) {
      counterparts.find(store, worker(reader)::checkCounterpart);
    }
  }

  @Override
  public void close() {
    crew.shutdown();
  }

  /** Sources that can not be read are findings too. */
  private record Told(SignatureTally tally) implements Problems {
    @Override
    public void failed(String place, String reason) {
      tally.found(place + ": " + reason);
    }

    @Override
    public void skipped(String place, String reason) {
      // no mail, so nothing that could have been signed
    }
  }
}
