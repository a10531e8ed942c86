package hapax.sync;

import hapax.sync.format.Reasons;
import hapax.sync.format.TargetFolder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** One mailbox on its way out; whoever writes the last of its messages completes it. */
final class FolderExport {
  private final Account account;
  private final Mailbox mailbox;
  private final TargetFolder folder;
  private final ExportTally tally;

  /** Messages that are handed out and not yet written, and one for those to come. */
  private final AtomicLong open = new AtomicLong(1);

  FolderExport(Account account, Mailbox mailbox, TargetFolder folder, ExportTally tally) {
    this.account = account;
    this.mailbox = mailbox;
    this.folder = folder;
    this.tally = tally;
  }

  Account account() {
    return account;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  boolean isOneFile() {
    return folder.isOneFile();
  }

  /** Notes that a message is handed out. */
  void begin() {
    open.incrementAndGet();
  }

  /** Writes a message that was handed out. */
  void put(Item item, ExportHand hand) throws IOException {
    write(item, hand);
    end();
  }

  /** Writes all messages in order. */
  void putAll(ExportHand hand) throws IOException {
    account.items(
        mailbox.id(),
        1,
        item -> {
          write(item, hand);
          return true;
        });
    end();
  }

  private void write(Item item, ExportHand hand) throws IOException {
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

  /** Notes that a message is written, or that none are to come. */
  void end() throws IOException {
    if (open.decrementAndGet() == 0) {
      folder.close();
      folder.losses().forEach(loss -> tally.lost(place(), loss));
    }
  }
}
