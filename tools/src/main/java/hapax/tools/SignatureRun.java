package hapax.tools;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.format.MailSource;
import hapax.sync.format.Problems;
import hapax.sync.format.SourceFolder;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Has the signatures of many messages checked, with all processors; findings go to a tally. */
final class SignatureRun implements AutoCloseable {
  private static final int RUNS_UNDER_WAY = 16;

  private final MailStore store;
  private final SignatureCheck check;
  private final SignatureTally tally;
  private final ProgressLine progress;
  private final ExecutorService crew =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final Semaphore permits = new Semaphore(RUNS_UNDER_WAY);
  private final Counterparts counterparts = new Counterparts();
  private final Queue<StoreReader> readers = new ConcurrentLinkedQueue<>();
  private final Set<RecordId> met = new HashSet<>();
  private final StoredRuns runs = new StoredRuns(this::submitStored);
  private long expected;

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

  /** Checks the messages that all accounts show, each once, in the order in which they lie. */
  void everything() throws IOException {
    ShownMessages shown = new ShownMessages();
    for (String name : store.accounts()) {
      expected += shown.add(name, MailboxName.account(store, name));
    }
    runs.aimAt(expected / RUNS_UNDER_WAY);
    store.blobs().scanHeldInOrder(shown.inOrder(runs::addBeside));
    shown.rest(runs::add);
  }

  /** Checks the messages that an account shows, each once, in the order of its mailboxes. */
  void account(String name) throws IOException {
    ShownMessages shown = new ShownMessages();
    expected += shown.add(name, MailboxName.account(store, name));
    shown.rest(runs::add);
  }

  /** Checks one stored message, and the record that one of these accounts may have of it. */
  void message(String place, RecordId id, List<Account> accounts) {
    if (met.add(id)) {
      runs.add(new StoredItem(id, null, accounts, () -> place));
    }
  }

  private void submitStored(List<StoredItem> run) {
    submit(worker -> worker.checkStored(run));
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
          try {
            withReader(task);
          } catch (IOException | RuntimeException failed) {
            tally.found(Explain.line(failed));
          } finally {
            permits.release();
          }
        });
  }

  /** Readers go from run to run: what one has decoded serves the next messages too. */
  private void withReader(Task task) throws IOException {
    StoreReader taken = readers.poll();
    StoreReader reader = taken == null ? store.blobs().reader() : taken;
    try {
      task.with(worker(reader));
    } finally {
      readers.add(reader);
    }
  }

  private SignatureWorker worker(StoreReader reader) {
    return new SignatureWorker(reader, check, tally, counterparts, this::progress);
  }

  private void progress(long messages, long bytes) {
    progress.done(messages, bytes, expected);
  }

  /** Waits until all is checked. */
  void finish() throws IOException {
    runs.end();
    permits.acquireUninterruptibly(RUNS_UNDER_WAY);
    permits.release(RUNS_UNDER_WAY);
    withReader(worker -> counterparts.find(store, worker::checkCounterpart));
  }

  @Override
  public void close() {
    crew.shutdown();
    permits.acquireUninterruptibly(RUNS_UNDER_WAY);
    readers.forEach(StoreReader::close);
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
