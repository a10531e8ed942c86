package hapax.tools;

import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Has the signatures of many messages checked, with all processors; findings go to a tally. */
final class SignatureRun implements AutoCloseable {
  private static final int RUN = 256;
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
  private List<Stored> run = new ArrayList<>();
  private long expected;

  /** A stored message, where one meets it first, and where it lies in the packs, if known. */
  private record Stored(
      String place, RecordId id, @Nullable RecordPlace at, List<Account> accounts) {}

  /** Where one meets a message first; small, since there is one for each message. */
  private record Shown(Shelf shelf, long uid) {
    Stored of(RecordId id, @Nullable RecordPlace at) {
      return new Stored(new ItemName(shelf.name(), uid).toString(), id, at, shelf.accounts());
    }
  }

  /** A mailbox, and the account that it is in. */
  private record Shelf(MailboxName name, Mailbox mailbox, List<Account> accounts) {}

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
    Map<RecordId, Shown> shown = new HashMap<>();
    for (Shelf shelf : shelves(store.accounts())) {
      items(shelf, shown::putIfAbsent);
    }
    store
        .blobs()
        .scanHeldInOrder(
            at -> {
              Shown first = shown.remove(at.id());
              if (first != null) {
                add(first.of(at.id(), at));
              }
              return true;
            });
    shown.forEach((missing, first) -> add(first.of(missing, null)));
  }

  /** Checks the messages that an account shows, each once, in the order of its mailboxes. */
  void account(String name) throws IOException {
    for (Shelf shelf : shelves(List.of(name))) {
      items(shelf, (id, place) -> addOnce(place.of(id, null)));
    }
  }

  /** Checks one stored message, and the record that one of these accounts may have of it. */
  void message(String place, RecordId id, List<Account> accounts) {
    addOnce(new Stored(place, id, null, accounts));
  }

  private List<Shelf> shelves(List<String> names) throws IOException {
    List<Shelf> shelves = new ArrayList<>();
    for (String name : names) {
      Account account = MailboxName.account(store, name);
      List<Account> owner = List.of(account);
      for (Mailbox mailbox : account.mailboxes()) {
        shelves.add(new Shelf(new MailboxName(name, mailbox.name()), mailbox, owner));
        expected += mailbox.items();
      }
    }
    return shelves;
  }

  private static void items(Shelf shelf, BiConsumer<RecordId, Shown> visitor) throws IOException {
    Account.ItemVisitor items =
        item -> {
          visitor.accept(item.message(), new Shown(shelf, item.uid()));
          return true;
        };
    shelf.accounts().get(0).items(shelf.mailbox().id(), 1, items);
  }

  private void addOnce(Stored message) {
    if (met.add(message.id())) {
      add(message);
    }
  }

  private void add(Stored message) {
    run.add(message);
    if (run.size() == RUN) {
      submitStored();
    }
  }

  private void submitStored() {
    List<Stored> ready = run;
    run = new ArrayList<>();
    submit(
        worker -> {
          for (Stored stored : ready) {
            worker.checkStored(stored.place(), stored.id(), stored.at(), stored.accounts());
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
    submitStored();
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
