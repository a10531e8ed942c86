package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CheckScope;
import hapax.blob.CrashStore;
import hapax.blob.Disk;
import hapax.blob.Intake;
import hapax.blob.SweepMargins;
import hapax.reconstruct.MessageReader;
import hapax.sync.Account;
import hapax.sync.CrashingMail;
import hapax.sync.IndexCheck;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.LogEntry;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import hapax.sync.Replication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup that pulls from its source; each keeps what was expunged for a time of its own. */
@Timeout(120)
class RetentionTest {
  private static final SessionOptions PULL = SessionOptions.DEFAULT.directed(false, true);

  @TempDir Path folder;
  private Instant now = Instant.parse("2027-01-15T08:00:00Z");
  private TestStore source;
  private TestStore backup;

  @BeforeEach
  void open() throws IOException {
    source = new TestStore(folder.resolve("source"), () -> now);
    backup = new TestStore(folder.resolve("backup"), () -> now);
  }

  @AfterEach
  void close() throws IOException {
    check(source);
    check(backup);
    source.close();
    backup.close();
  }

  /** Checks all there is, and that what can be restored can be read. */
  private static void check(TestStore store) throws IOException {
    store.check();
    assertEquals(List.of(), store.mail.blobs().check(CheckScope.FULL).findings());
    try (var reader = store.mail.blobs().reader()) {
      MessageReader messages = new MessageReader(reader);
      for (Item item : bin(store)) {
        assertTrue(messages.copyTo(item.message(), OutputStream.nullOutputStream()));
      }
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void pull() throws IOException {
    TestStore.Reports reports = backup.sync(source, PULL, SessionOptions.DEFAULT);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
  }

  private static Account jane(TestStore store) throws IOException {
    return store.mail.openAccount("jane");
  }

  private static void expunge(TestStore store, ItemId item) throws IOException {
    try (Intake unit = store.mail.blobs().intake()) {
      assertTrue(jane(store).expunge(unit, item));
    }
    store.mail.commit();
  }

  private static void move(TestStore store, ItemId item, String mailbox) throws IOException {
    try (Intake unit = store.mail.blobs().intake()) {
      jane(store).move(unit, item, jane(store).openMailbox(unit, mailbox).id());
    }
    store.mail.commit();
  }

  private static long restore(TestStore store, ItemId item) throws IOException {
    try (Intake unit = store.mail.blobs().intake()) {
      return jane(store).restore(unit, item, jane(store).openMailbox(unit, "INBOX").id());
    }
  }

  /** Lets go of all, as {@code hapax sweep --now} does. */
  private void sweepNow(TestStore store) throws IOException {
    store.mail.forgetExpungedBefore(now);
    store.mail.trimLogs();
    store.mail.blobs().sweep(store.mail.blobs().planSweep(SweepMargins.NOW));
  }

  private static List<Item> bin(TestStore store) throws IOException {
    List<Item> items = new ArrayList<>();
    for (Mailbox mailbox : jane(store).mailboxes()) {
      jane(store)
          .expungedItems(
              mailbox.id(), item -> jane(store).wasRestored(item.id()) || items.add(item));
    }
    return items;
  }

  private static long standing(Account account) throws IOException {
    return account.mailboxes().stream().mapToLong(Mailbox::items).sum();
  }

  /**
   * The source restored it, too, and has forgotten that: of its copy only the end is known here.
   */
  @Test
  void whatWasRestoredIsNotListedThoughTheSourceForgotACopy() throws IOException {
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000), "\\Seen");
    pass(Duration.ofHours(1));
    expunge(source, item);
    pull();
    assertTrue(restore(source, item) > 0);
    pass(Duration.ofHours(1));
    List<ItemId> copies = new ArrayList<>();
    Mailbox inbox = jane(source).mailbox("INBOX").orElseThrow();
    jane(source).items(inbox.id(), 1, copy -> copies.add(copy.id()));
    expunge(source, copies.get(0));
    pass(Duration.ofHours(1));
    sweepNow(source);
    pull();
    assertEquals(List.of(item), bin(backup).stream().map(Item::id).toList());
    assertTrue(restore(backup, item) > 0);
    assertEquals(List.of(), bin(backup));
    assertEquals(0, restore(backup, item), "it stands");
  }

  @Test
  void sourceThatSweepsTakesNothingFromItsBackup() throws IOException {
    source.fill("jane", 1, 3, 50_000);
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000), "\\Seen");
    source.mail.commit();
    pull();
    pass(Duration.ofHours(1));
    Instant before = now;
    pass(Duration.ofHours(1));
    move(source, item, "Work");
    pass(Duration.ofHours(1));
    expunge(source, item);
    pass(Duration.ofHours(1));
    sweepNow(source);
    pull();
    check(backup);
    List<Item> kept = bin(backup);
    assertEquals(List.of(item), kept.stream().map(Item::id).toList());
    Mailbox work = jane(backup).mailbox("Work").orElseThrow();
    assertEquals(work.id(), kept.get(0).mailbox(), "where it was last");
    assertEquals(1, jane(backup).expungedBefore(now));
    Account then = backup.mail.asOf("jane", before);
    assertEquals(4, standing(then));
    assertEquals(0, then.withoutMessage());
    assertTrue(restore(backup, item) > 0);
    backup.mail.commit();
    assertEquals(4, backup.items().size());
    source.sync(backup);
    assertEquals(backup.text(), source.text());
    assertEquals(List.of(), bin(source), "what it has forgotten it does not know again");
  }

  @Test
  void backupThatForgetsTakesNothingFromItsSource() throws IOException {
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000));
    source.mail.commit();
    expunge(source, item);
    pass(Duration.ofHours(1));
    pull();
    sweepNow(backup);
    source.sync(backup);
    backup.sync(source);
    assertEquals(List.of(), bin(backup));
    assertEquals(List.of(item), bin(source).stream().map(Item::id).toList());
    assertTrue(restore(source, item) > 0);
    source.mail.commit();
    pull();
    assertEquals(source.text(), backup.text());
  }

  @Test
  void whatWasForgottenBeforeItWasHeardOfIsInNoListAndGoesInItsTime() throws IOException {
    source.fill("jane", 1, 2, 3000);
    pull();
    pass(Duration.ofHours(1));
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000));
    source.mail.commit();
    pass(Duration.ofHours(1));
    Instant between = now;
    pass(Duration.ofHours(1));
    expunge(source, item);
    pass(Duration.ofHours(1));
    sweepNow(source);
    pull();
    assertEquals(List.of(), bin(backup));
    assertEquals(0, jane(backup).expungedBefore(now), "that can be restored");
    assertEquals(0, restore(backup, item));
    assertTrue(jane(backup).item(item).isEmpty());
    assertTrue(jane(backup).isForgotten(item));
    assertEquals(0, jane(backup).withoutMessage());
    assertEquals(1, backup.mail.asOf("jane", between).withoutMessage());
    assertEquals(2, standing(backup.mail.asOf("jane", between)));
    backup.deliver(item, "jane", "INBOX", TestStore.message(9, 9, 50_000));
    assertEquals(2, backup.items().size(), "its source is imported again");
    sweepNow(backup);
    assertThrows(IllegalArgumentException.class, () -> backup.mail.asOf("jane", between));
    assertEquals(List.of(), IndexCheck.findings(backup.mail));
    try (TestStore third = new TestStore(folder.resolve("third"), () -> now)) {
      third.sync(backup);
      assertEquals(source.text(), third.text());
      check(third);
    }
  }

  /** The source forgot an item, and told the backup only in part; then it was lost. */
  private ItemId lostAfterItForgot(TestStore full) throws IOException {
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000));
    source.mail.commit();
    full.sync(source);
    pass(Duration.ofHours(1));
    expunge(source, item);
    pass(Duration.ofHours(1));
    sweepNow(source);
    Replication there = source.mail.replication();
    List<LogEntry> told = new ArrayList<>();
    there.changes("jane", there.replica(), 0, told::add);
    try (Intake unit = backup.mail.blobs().intake()) {
      backup.mail.replication().take(unit, "jane", told.subList(0, told.size() - 1));
    }
    backup.mail.commit();
    assertEquals(full.mail.replication().vectors(), backup.mail.replication().vectors());
    return item;
  }

  @Test
  void whatIsKnownAsForgottenGoesThoughTheChangeThatExpungedItIsLost() throws IOException {
    try (TestStore full = new TestStore(folder.resolve("full"), () -> now)) {
      ItemId item = lostAfterItForgot(full);
      full.sync(backup);
      full.sync(backup);
      assertEquals(List.of(), full.items());
      assertEquals(full.text(), backup.text());
      assertTrue(restore(full, item) > 0);
      check(full);
    }
  }

  @Test
  void itGoesInTheSessionInWhichOtherChangesCome() throws IOException {
    try (TestStore full = new TestStore(folder.resolve("full"), () -> now)) {
      lostAfterItForgot(full);
      full.fill("jane", 20, 1, 3000);
      full.sync(backup);
      assertEquals(1, full.items().size());
      assertEquals(full.text(), backup.text());
    }
  }

  @Test
  void itGoesWhenABundleSaysThatNobodyKnowsMore() throws IOException {
    try (TestStore full = new TestStore(folder.resolve("full"), () -> now)) {
      lostAfterItForgot(full);
      ByteArrayOutputStream bundle = new ByteArrayOutputStream();
      new BundleWriter(full.mail, backup.mail.replication().replica(), true).write(bundle);
      byte[] bytes = bundle.toByteArray();
      try (BundleReader reader = new BundleReader(new ByteArrayInputStream(bytes), "test")) {
        new BundleApplier(backup.mail).apply(reader);
      }
      full.sync(backup);
      assertEquals(List.of(), full.items());
    }
  }

  @Test
  void backupThatHandsOnWhatItKeepsHandsOnTheMessage() throws IOException {
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000));
    source.mail.commit();
    pull();
    expunge(source, item);
    pass(Duration.ofHours(1));
    sweepNow(source);
    pull();
    try (TestStore first = new TestStore(folder.resolve("first"), () -> now);
        TestStore second = new TestStore(folder.resolve("second"), () -> now)) {
      first.sync(backup);
      assertEquals(1, bin(first).size());
      second.sync(source);
      second.sync(backup);
      assertEquals(0, bin(second).size(), "it heard of it from the source first");
      check(first);
      check(second);
    }
  }

  @Test
  void rebuildGivesTheSameRowsThoughTheNoteLiesBeforeWhatItForgets() throws IOException {
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000));
    ItemId late = source.deliver("jane", "INBOX", TestStore.message(8, 8, 50_000));
    source.mail.commit();
    pull();
    expunge(source, late);
    pass(Duration.ofHours(1));
    expunge(backup, item);
    pass(Duration.ofHours(1));
    backup.mail.forgetExpungedBefore(now);
    pass(Duration.ofHours(1));
    pull();
    assertTrue(jane(backup).isForgotten(late), "it was expunged before the note was made");
    assertTrue(jane(backup).isForgotten(item));
    check(backup);
    for (boolean swept : new boolean[] {true, false}) {
      backup.close();
      assertEquals(List.of(), MailStore.rebuild(folder.resolve("backup")));
      backup = new TestStore(folder.resolve("backup"), () -> now);
      check(backup);
      assertTrue(jane(backup).isForgotten(late));
      assertThrows(
          IllegalArgumentException.class,
          () -> backup.mail.asOf("jane", now.minus(Duration.ofHours(2))));
      if (swept) {
        backup.mail.trimLogs();
        backup.mail.blobs().sweep(backup.mail.blobs().planSweep(new SweepMargins(0)));
      }
    }
  }

  @Test
  void howLongAStoreKeepsIsItsOwnAffairAndIsRemembered() throws IOException {
    assertEquals(30, backup.mail.retentionDays());
    backup.mail.keepExpunged(365);
    backup.close();
    now = now.minus(Duration.ofDays(2));
    backup = new TestStore(folder.resolve("backup"), () -> now);
    assertEquals(365, backup.mail.retentionDays());
    backup.mail.keepExpunged(90);
    pass(Duration.ofDays(2));
    assertEquals(90, backup.mail.retentionDays(), "also if the clock stepped back");
    source.fill("jane", 1, 1, 3000);
    pull();
    source.sync(backup);
    assertEquals(30, source.mail.retentionDays());
    for (int days : new int[] {-1, 36_501}) {
      assertThrows(IllegalArgumentException.class, () -> backup.mail.keepExpunged(days));
    }
    backup.mail.blobs().sweep(backup.mail.blobs().planSweep(new SweepMargins(0)));
    backup.close();
    MailStore.rebuild(folder.resolve("backup"));
    backup = new TestStore(folder.resolve("backup"), () -> now);
    assertEquals(90, backup.mail.retentionDays());
  }

  @Test
  void notesThatOthersMakeVoidGoFromTheLog() throws IOException {
    for (int i = 0; i < 5; i++) {
      ItemId item = source.deliver("jane", "INBOX", TestStore.message(i, i, 0));
      source.mail.commit();
      expunge(source, item);
      pass(Duration.ofHours(1));
      source.mail.forgetExpungedBefore(now);
      source.mail.keepExpunged(i);
      source.mail.keepExpunged(i);
    }
    List<byte[]> notes = new ArrayList<>();
    source.mail.blobs().scanLog(new byte[] {1}, new byte[] {2}, (key, entry) -> notes.add(entry));
    assertEquals(2, notes.size(), "one of the horizon, one of how long is kept");
  }

  @Test
  void bundleHasTheMessageOfWhatItsReaderMayHaveForgotten() throws IOException {
    ItemId item = source.deliver("jane", "INBOX", TestStore.message(9, 9, 50_000));
    source.fill("jane", 1, 1, 50_000);
    pull();
    expunge(source, item);
    pass(Duration.ofHours(1));
    sweepNow(source);
    pull();
    assertTrue(restore(backup, item) > 0);
    backup.deliver("jane", "INBOX", TestStore.message(7, 1, 50_000));
    backup.mail.commit();
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    new BundleWriter(backup.mail, source.mail.replication().replica(), false).write(bundle);
    try (BundleReader reader =
        new BundleReader(new ByteArrayInputStream(bundle.toByteArray()), "test")) {
      BundleReport report = new BundleApplier(source.mail).apply(reader);
      assertEquals(List.of(), report.debts());
      assertEquals(1, report.blobs(), "the attachment of what stands in both is left out");
    }
    assertEquals(backup.text(), source.text());
  }

  @Test
  void hasForgottenOrNotWhereverTheStoreStops() throws IOException {
    CrashStore before = CrashStore.empty();
    try (TestStore one = open(before, before.disk())) {
      one.fill("jane", 1, 2, 3000);
      for (Item item : one.items()) {
        expunge(one, item.id());
      }
    }
    pass(Duration.ofHours(1));
    boolean stopped = true;
    for (int n = 0; stopped; n++) {
      for (boolean power : new boolean[] {false, true}) {
        CrashStore copy = before.afterKill();
        stopped = !forget(copy, copy.disk(n));
        CrashStore after = power ? copy.afterPowerLoss(n) : copy.afterKill();
        try (TestStore one = open(after, after.disk())) {
          one.check();
          assertTrue(stopped || bin(one).isEmpty());
          assertNotEquals(1, bin(one).size(), "one note forgets both");
        }
        assertTrue(forget(after, after.disk()));
        try (TestStore one = open(after, after.disk())) {
          one.check();
          assertEquals(List.of(), bin(one));
          assertEquals(7, one.mail.retentionDays());
        }
      }
    }
  }

  private boolean forget(CrashStore store, Disk disk) {
    try (TestStore one = open(store, disk)) {
      one.mail.keepExpunged(7);
      one.mail.forgetExpungedBefore(now);
      return true;
    } catch (IOException stopped) {
      return false;
    }
  }

  private TestStore open(CrashStore store, Disk disk) throws IOException {
    return new TestStore(Path.of("one"), CrashingMail.open(store, disk, () -> now));
  }
}
