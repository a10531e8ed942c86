package hapax.sync;

import hapax.sync.format.Reasons;
import hapax.sync.format.TargetFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One mailbox on its way out; whoever ends its last part completes it. */
final class FolderExport {
  private static final int RUN_LENGTH = 256;

  private final Account account;
  private final Mailbox mailbox;
  private final TargetFolder folder;
  private final ExportTally tally;
  private final AtomicInteger parts = new AtomicInteger(1);

  FolderExport(Account account, Mailbox mailbox, TargetFolder folder, ExportTally tally) {
    this.account = account;
    this.mailbox = mailbox;
    this.folder = folder;
    this.tally = tally;
  }

  /** Hands out the mailbox's messages in runs, or as a whole if they go into one file. */
  void submit(Crew<ExportHand> crew) throws IOException {
    if (folder.isOneFile()) {
      crew.submit(this::putAll);
      return;
    }
    List<List<Item>> run = new ArrayList<>();
    run.add(new ArrayList<>());
    account.items(
        mailbox.id(),
        1,
        item -> {
          run.get(0).add(item);
          if (run.get(0).size() == RUN_LENGTH) {
            submit(run.set(0, new ArrayList<>()), crew);
          }
          return true;
        });
    submit(run.get(0), crew);
    end();
  }

  private void submit(List<Item> run, Crew<ExportHand> crew) throws IOException {
    parts.incrementAndGet();
    crew.submit(
        hand -> {
          for (Item item : run) {
            put(item, hand);
          }
          end();
        });
  }

  private void putAll(ExportHand hand) throws IOException {
    account.items(
        mailbox.id(),
        1,
        item -> {
          put(item, hand);
          return true;
        });
    end();
  }

  private void put(Item item, ExportHand hand) throws IOException {
    try {
      hand.put(item, folder);
      tally.written(item.size());
    } catch (ExportHand.DamageException damaged) {
      tally.failed(place() + "/" + item.uid(), Reasons.of(damaged));
    }
  }

  private String place() {
    return account.name() + "/" + mailbox.name();
  }

  private void end() throws IOException {
    if (parts.decrementAndGet() == 0) {
      folder.close();
      folder.losses().forEach(loss -> tally.lost(place(), loss));
    }
  }
}
