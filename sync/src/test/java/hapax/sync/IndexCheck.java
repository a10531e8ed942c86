package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares the index with the fold of the log, account by account, row for row, and the number of
 * holders of records with that of the items which ought to hold one. Everything is to be committed
 * before, and nothing changed meanwhile.
 */
public final class IndexCheck {
  /** Findings after which an account's rows are not looked at further. */
  static final int MOST_FINDINGS = 20;

  private final BlobStore blobs;
  private final ChangeLog log;
  private final List<String> findings = new ArrayList<>();

  private IndexCheck(BlobStore blobs) {
    this.blobs = blobs;
    this.log = new ChangeLog(blobs);
  }

  /** Commits, then says what differs, one line each; nothing if the index is what the log says. */
  public static List<String> findings(MailStore store) throws IOException {
    store.commit();
    IndexCheck check = new IndexCheck(store.blobs());
    long holders = 0;
    for (String account : check.accounts()) {
      MemoryRows folded = new MemoryRows();
      check.forget(account, folded);
      check.log.changes(account, change -> ChangeFold.fold(change, folded));
      int before = check.findings.size();
      check.compare(account, folded);
      if (check.findings.size() == before) {
        check.compareStanding(account);
      }
      holders += folded.holders();
    }
    check.compareHolders(holders);
    check.compareNotes();
    return check.findings;
  }

  private Iterable<String> accounts() throws IOException {
    TreeSet<String> accounts = new TreeSet<>(log.accounts());
    blobs
        .rows()
        .scan(
            new byte[] {Keys.ACCOUNT},
            new byte[] {Keys.ACCOUNT + 1},
            (key, value) -> {
              accounts.add(Keys.accountOf(key));
              return true;
            });
    return accounts;
  }

  /** Folds what this store has forgotten of an account, which is no change of it. */
  private void forget(String account, MemoryRows rows) throws IOException {
    notes(
        note -> {
          if (note instanceof HorizonNote horizon && horizon.account().equals(account)) {
            horizon.fold(rows);
          }
        });
  }

  /** Sees notes. */
  @FunctionalInterface
  private interface NoteVisitor {
    void note(LocalNote note) throws IOException;
  }

  private void notes(NoteVisitor visitor) throws IOException {
    blobs.scanLog(
        new byte[] {LocalNote.LOCAL},
        new byte[] {LocalNote.AFTER_NOTES},
        (key, entry) -> {
          visitor.note(LocalNote.decode(entry));
          return true;
        });
  }

  private void compare(String account, RowReader folded) throws IOException {
    Keys keys = new Keys(account);
    List<String> differences = new ArrayList<>();
    for (byte kind : Keys.kinds()) {
      byte[] from = keys.first(kind);
      byte[] to = keys.end(kind);
      folded.scan(from, to, (key, value) -> compareRow(key, value, differences));
      blobs.rows().scan(from, to, (key, value) -> compareStray(key, folded, differences));
    }
    differences.forEach(each -> findings.add("index of account " + account + ": " + each));
  }

  /** Compares where the items' own rows say that they stand with what the mailboxes show. */
  private void compareStanding(String account) throws IOException {
    AccountIndex index = new AccountIndex(blobs.rows(), account);
    TreeSet<String> shown = new TreeSet<>();
    for (MailboxId mailbox : numbered(account)) {
      index.items(
          mailbox, 1, item -> shown.add(item.mailbox() + " " + item.uid() + " " + item.message()));
    }
    List<String> standing = new ArrayList<>();
    index
        .standing()
        .show((mailbox, uid, message) -> standing.add(mailbox + " " + uid + " " + message));
    standing.sort(null);
    long[] there = {0};
    for (Mailbox mailbox : index.mailboxes().shown()) {
      index.items(mailbox.id(), 1, item -> ++there[0] > 0);
    }
    if (index.standing().count() != there[0]) {
      findings.add(
          "account "
              + account
              + ": shows "
              + there[0]
              + " items, says "
              + index.standing().count());
    }
    if (!standing.equals(List.copyOf(shown))) {
      findings.add(
          "account " + account + ": expected to stand there " + shown + ", found " + standing);
    }
  }

  /**
   * Mailboxes in which UIDs were given. Of one that was made twice the change that made it first
   * may be trimmed, and the second may not have come.
   */
  private List<MailboxId> numbered(String account) throws IOException {
    Keys keys = new Keys(account);
    List<MailboxId> mailboxes = new ArrayList<>();
    blobs
        .rows()
        .scan(
            keys.first(Keys.COUNTS),
            keys.end(Keys.COUNTS),
            (key, value) -> mailboxes.add(keys.mailboxOf(key)));
    return mailboxes;
  }

  private boolean compareRow(byte[] key, byte[] expected, List<String> differences)
      throws IOException {
    byte @Nullable [] found = blobs.rows().get(key);
    if (!Arrays.equals(expected, found)) {
      differences.add(rowName(key) + ": expected " + hex(expected) + ", found " + hex(found));
    }
    return differences.size() < MOST_FINDINGS;
  }

  private static boolean compareStray(byte[] key, RowReader folded, List<String> differences)
      throws IOException {
    if (folded.get(key) == null) {
      differences.add(rowName(key) + ": expected none, found one");
    }
    return differences.size() < MOST_FINDINGS;
  }

  /** Compares what is known of peers and owed, and how long the store keeps what was expunged. */
  private void compareNotes() throws IOException {
    MemoryRows folded = new MemoryRows();
    notes(note -> note.fold(folded));
    List<String> differences = new ArrayList<>();
    for (byte kind : new byte[] {Keys.PEER, Keys.DEBT, Keys.RETIRED, Keys.RETENTION}) {
      byte[] from = {kind};
      byte[] to = {(byte) (kind + 1)};
      folded.scan(from, to, (key, value) -> compareRow(key, value, differences));
      blobs.rows().scan(from, to, (key, value) -> compareStray(key, folded, differences));
    }
    differences.forEach(each -> findings.add("index of notes: " + each));
  }

  private void compareHolders(long expected) throws IOException {
    long[] found = {0};
    blobs.scanRecords(
        (id, length, summary, holders) -> {
          found[0] += holders;
          return true;
        });
    if (found[0] != expected) {
      findings.add("holders of records: expected " + expected + ", found " + found[0]);
    }
  }

  private static String rowName(byte[] key) {
    return "row " + (char) key[0] + " " + HexFormat.of().formatHex(key, 1, key.length);
  }

  private static String hex(byte @Nullable [] value) {
    return value == null ? "none" : HexFormat.of().formatHex(value);
  }
}
