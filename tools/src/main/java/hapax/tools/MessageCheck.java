package hapax.tools;

import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.MessageReader;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds messages from what is stored, with all processors, and compares each with its digest.
 */
final class MessageCheck {
  private static final int RUN = 512;
  private static final int RUNS_UNDER_WAY = 16;

  private final BlobStore store;
  private final double percent;
  private final SplittableRandom random = new SplittableRandom();
  private final ProgressLine progress;
  private final AtomicLong checked = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();
  private final List<String> findings = new ArrayList<>();
  private final List<Future<?>> tasks = new ArrayList<>();
  private final Semaphore permits = new Semaphore(RUNS_UNDER_WAY);
  private final ConcurrentLinkedQueue<StoreReader> readers = new ConcurrentLinkedQueue<>();
  private List<RecordId> run = new ArrayList<>();
  private long expected;

  /**
   * A check.
   *
   * @param percent share of the messages to be looked at, drawn by chance
   */
  MessageCheck(BlobStore store, double percent, ProgressLine progress) {
    this.store = store;
    this.percent = percent;
    this.progress = progress;
  }

  long checked() {
    return checked.get();
  }

  long bytes() {
    return bytes.get();
  }

  long bad() {
    return bad.get();
  }

  List<String> findings() {
    return findings;
  }

  /** Checks all messages that items show, in the order in which they lie on disk. */
  void runAll(MailStore mail) throws IOException {
    for (String name : mail.accounts()) {
      expect(MailboxName.account(mail, name));
    }
    run(crew -> store.scanHeldInOrder(at -> offer(at.id(), crew)));
  }

  /** Checks the messages of one account, in the order of its mailboxes. */
  void runAccount(Account account) throws IOException {
    expect(account);
    Set<RecordId> met = new HashSet<>();
    run(
        crew -> {
          for (Mailbox mailbox : account.mailboxes()) {
            Account.ItemVisitor visitor =
                item -> !met.add(item.message()) || offer(item.message(), crew);
            account.items(mailbox.id(), 1, visitor);
            account.expungedItems(mailbox.id(), visitor);
          }
        });
  }

  private void expect(Account account) throws IOException {
    for (Mailbox mailbox : account.mailboxes()) {
      expected += mailbox.items();
    }
  }

  /** Offers messages to a crew. */
  @FunctionalInterface
  private interface Offering {
    void to(ExecutorService crew) throws IOException;
  }

  private void run(Offering offering) throws IOException {
    ExecutorService crew = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      offering.to(crew);
      submit(crew);
      finish();
    } finally {
      crew.shutdown();
      readers.forEach(StoreReader::close);
    }
  }

  private boolean offer(RecordId id, ExecutorService crew) {
    if (percent >= 100 || random.nextDouble() * 100 < percent) {
      run.add(id);
      if (run.size() == RUN) {
        submit(crew);
      }
    }
    return true;
  }

  private void submit(ExecutorService crew) {
    List<RecordId> ready = run;
    run = new ArrayList<>();
    permits.acquireUninterruptibly();
    tasks.removeIf(MessageCheck::isDoneWell);
    tasks.add(
        crew.submit(
            () -> {
              try {
                check(ready);
              } finally {
                permits.release();
              }
            }));
  }

  private static boolean isDoneWell(Future<?> task) {
    return task.isDone() && !task.isCancelled() && failure(task) == null;
  }

  private static @Nullable Throwable failure(Future<?> task) {
    try {
      task.get();
      return null;
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return stopped;
    }
  }

  /** Readers go from run to run: what one has decoded serves the next messages too. */
  private void check(List<RecordId> messages) {
    StoreReader taken = readers.poll();
    StoreReader reader = taken == null ? store.reader() : taken;
    check(messages, new MessageReader(reader));
    readers.add(reader);
  }

  private void check(List<RecordId> messages, MessageReader reader) {
    for (RecordId id : messages) {
      Counted count = new Counted();
      try {
        if (!reader.copyTo(id, count)) {
          found("message " + id + ": not there");
        }
      } catch (IOException damaged) {
        found(Explain.line(damaged));
      }
      progress.done(checked.incrementAndGet(), bytes.addAndGet(count.bytes), expected);
    }
  }

  private void found(String finding) {
    bad.incrementAndGet();
    synchronized (findings) {
      if (findings.size() < 1000) {
        findings.add(finding);
      }
    }
  }

  private void finish() throws IOException {
    for (Future<?> task : tasks) {
      Throwable failure = failure(task);
      if (failure != null) {
        throw new IOException("the check failed: " + failure, failure);
      }
    }
  }

  /** Counts and drops. */
  private static final class Counted extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      bytes += count;
    }
  }
}
