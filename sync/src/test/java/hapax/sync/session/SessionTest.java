package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.SweepMargins;
import hapax.sync.Account;
import hapax.sync.ItemId;
import hapax.sync.Mailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionTest {
  @TempDir Path folder;
  private TestStore here;
  private TestStore there;

  @BeforeEach
  void open() throws IOException {
    here = new TestStore(folder.resolve("here"));
    there = new TestStore(folder.resolve("there"));
  }

  @AfterEach
  void close() throws IOException {
    here.check().close();
    there.check().close();
  }

  @Test
  void emptyStoreGetsEverything() throws IOException {
    here.fill("jane", 1, 20, 5000);
    here.fill("tom", 15, 10, 50_000);
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(here.text(), there.text());
    assertEquals(reports.caller().changesSent(), reports.answerer().changesReceived());
    assertEquals(reports.caller().bytesSent(), reports.answerer().bytesReceived());
    assertEquals(30, there.items().size());
  }

  @Test
  void bothSidesGetWhatTheOtherHas() throws IOException {
    here.fill("jane", 1, 20, 5000);
    there.fill("jane", 15, 20, 50_000);
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    // New UIDs for those that both gave are made on either side alike, and exchanged next time.
    here.sync(there);
    here.sync(there);
    assertEquals(here.text(), there.text());
    assertEquals(40, here.items().size());
  }

  /** It gives its mailboxes new UIDVALIDITYs because of what comes, and tells of it in the end. */
  @Test
  void storeThatWasPutBackIsEqualToItsPeerAfterOneSession() throws IOException {
    TestStore back = new TestStore(folder.resolve("back"));
    back.fill("jane", 1, 3, 5000);
    for (String mailbox : List.of("Work", "Lists", "Sent")) {
      back.deliver("jane", mailbox, TestStore.message(30, 30, 5000));
    }
    back.mail.commit();
    back.sync(there);
    back.close();
    // What a copy has: no mark of its own.
    Files.delete(folder.resolve("back").resolve("replica.mark2"));
    there.fill("jane", 10, 2, 5000);
    try (TestStore heir = new TestStore(folder.resolve("back"))) {
      heir.sync(there);
      assertEquals(heir.text(), there.text());
      assertEquals(8, heir.check().items().size());
      List<Long> validities =
          heir.mail.account("jane").orElseThrow().mailboxes().stream()
              .map(Mailbox::uidValidity)
              .distinct()
              .toList();
      assertEquals(4, validities.size(), "each has its own");
    }
  }

  private static SessionOptions limited(String... accounts) {
    return SessionOptions.DEFAULT.limitedTo(List.of(accounts));
  }

  @Test
  void accountThatNeitherSideHasIsToldToWhoAskedForIt() throws IOException {
    here.fill("jane", 1, 1, 0);
    there.fill("tom", 2, 1, 0);
    List<String> told = List.of("no account jnae, neither here nor on the other side");
    for (int i = 0; i < 2; i++) {
      TestStore.Reports reports =
          here.sync(there, limited("jane", "jnae", "tom"), SessionOptions.DEFAULT);
      assertEquals(told, reports.caller().failures());
      assertEquals(List.of(), reports.answerer().failures());
    }
    assertEquals(here.text(), there.text());
  }

  @Test
  void accountThatOneSideHasIsNoFailureWhateverTheDirection() throws IOException {
    here.fill("jane", 1, 1, 0);
    there.fill("tom", 2, 1, 0);
    SessionOptions push = limited("tom", "jane").directed(true, false);
    assertEquals(List.of(), here.sync(there, push, SessionOptions.DEFAULT).caller().failures());
    assertEquals(List.of("jane"), here.mail.accounts());
    SessionOptions open = SessionOptions.DEFAULT;
    assertEquals(List.of(), here.sync(there, open, limited("nobody")).caller().failures());
  }

  private List<String> mailboxes(TestStore store) throws IOException {
    return store.mail.account("jane").orElseThrow().mailboxes().stream()
        .map(Mailbox::name)
        .toList();
  }

  @Test
  void mailboxesWhoseNamesDifferInNormalFormBecomeOneAndInCaseStayTwo() throws IOException {
    here.deliver("jane", "Entw\u00fcrfe", TestStore.message(1, 1, 0));
    here.deliver("jane", "work", TestStore.message(2, 2, 0));
    there.deliver("jane", "Entwu\u0308rfe", TestStore.message(3, 3, 0));
    there.deliver("jane", "Work", TestStore.message(4, 4, 0));
    here.mail.commit();
    there.mail.commit();
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    for (TestStore store : List.of(here, there)) {
      assertEquals(List.of("Entw\u00fcrfe", "Work", "work"), mailboxes(store));
      assertEquals(4, store.items().size());
    }
  }

  @Test
  void whatWasForgottenAndSweptIsNotAskedFor() throws IOException {
    Instant[] now = {Instant.now().minusSeconds(60)};
    try (TestStore old = new TestStore(folder.resolve("old"), () -> now[0])) {
      old.fill("jane", 1, 3, 5000);
      ItemId gone = old.deliver("jane", "INBOX", TestStore.message(9, 9, 5000));
      old.mail.commit();
      try (var unit = old.mail.blobs().intake()) {
        old.mail.openAccount("jane").expunge(unit, gone);
      }
      now[0] = now[0].plusSeconds(30);
      old.fill("jane", 20, 3, 5000);
      old.mail.forgetExpungedBefore(now[0]);
      old.mail.blobs().sweep(old.mail.blobs().planSweep(SweepMargins.NOW));
      TestStore.Reports reports = old.sync(there);
      assertEquals(List.of(), reports.answerer().failures());
      assertEquals(old.text(), there.text());
      assertEquals(6, there.items().size());
      assertTrue(there.mail.account("jane").orElseThrow().isForgotten(gone));
      assertTrue(old.mail.trimLogs() > 0);
      TestStore.Reports again = there.sync(old);
      assertEquals(List.of(), again.answerer().failures());
      assertEquals(0, again.caller().changesReceived());
      old.check();
    }
  }

  @Test
  void nothingToDoShouldTakeOneRoundTrip() throws IOException {
    here.fill("jane", 1, 5, 100);
    here.sync(there);
    SessionReport again = here.sync(there).caller();
    assertEquals(1, again.roundTrips());
    assertEquals(0, again.changesSent() + again.changesReceived());
    SessionReport back = there.sync(here).caller();
    assertEquals(1, back.roundTrips());
  }

  @Test
  void keywordShouldTakeFewBytes() throws IOException {
    here.fill("jane", 1, 300, 0);
    ItemId item = here.deliver("jane", "INBOX", TestStore.message(2000, 1, 0));
    here.sync(there);
    Account jane = here.mail.account("jane").orElseThrow();
    try (var unit = here.mail.blobs().intake()) {
      jane.flag(unit, item, Set.of("work"), Set.of());
    }
    SessionReport report = here.sync(there).caller();
    long bytes = report.bytesSent() + report.bytesReceived();
    assertEquals(1, report.changesSent());
    assertTrue(bytes <= 1024, report + "");
    assertEquals(here.text(), there.text());
  }

  @Test
  void whatWasExpungedLongAgoStopsNobody() throws IOException {
    ItemId gone = here.deliver("jane", "INBOX", TestStore.message(1, 1, 50_000));
    here.fill("jane", 2, 3, 1500);
    Account jane = here.mail.account("jane").orElseThrow();
    try (var unit = here.mail.blobs().intake()) {
      jane.expunge(unit, gone);
    }
    here.mail.commit();
    here.mail.forgetExpungedBefore(Instant.now().plusSeconds(60));
    here.mail.blobs().sweep(here.mail.blobs().planSweep(SweepMargins.NOW));
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(here.text(), there.text());
    assertEquals(3, there.items().size());
  }

  /** Records are asked for where messages have several items, and their blobs after them. */
  @Test
  void batchesWhoseRecordsAreAskedForMayFollowEachOther() throws IOException {
    here.fillTwice("jane", 0, 500, 3000);
    there.fillTwice("jane", 1000, 500, 3000);
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(here.text(), there.text());
    assertEquals(2000, here.items().size());
  }

  /** Each gives new UIDs before it knows all that the other gave; in the end they agree. */
  @Test
  void uidsThatBothSidesGaveAreEqualAfterOneSessionOfManyBatches() throws IOException {
    for (int i = 0; i < 40; i++) {
      here.fill("jane", 1000 * i, 10, 12_000);
      there.fill("jane", 1000 * i + 500, i % 7, 12_000);
    }
    here.sync(there);
    assertEquals(here.text(), there.text());
    here.fill("jane", 100_000, 300, 12_000);
    there.fill("jane", 200_000, 350, 12_000);
    here.sync(there);
    assertEquals(here.text(), there.text());
  }

  /** Whichever thread it meets: who runs the session says so, and the store stays whole. */
  @Test
  void outOfMemoryShouldBeToldAsSuch() throws IOException {
    TestStore small =
        new TestStore(
            folder.resolve("small"),
            () -> {
              if (Thread.currentThread().getName().equals("sync-applier")) {
                throw new OutOfMemoryError("Java heap space");
              }
              return Instant.now();
            });
    for (int account = 0; account < 20; account++) {
      here.fill("jane" + account, 100 * account, 100, 40_000);
    }
    PipeLine.Pair pair = PipeLine.pair();
    CompletableFuture<Throwable> caller = new CompletableFuture<>();
    new Thread(
            () -> {
              try (Line near = pair.one()) {
                new Session(here.mail, SessionOptions.DEFAULT).call(near);
                caller.complete(new AssertionError("no failure"));
              } catch (IOException torn) {
                caller.complete(torn);
              }
            })
        .start();
    try (Line far = pair.other()) {
      Session answerer = new Session(small.mail, SessionOptions.DEFAULT);
      assertThrows(OutOfMemoryError.class, () -> answerer.answer(far));
    }
    assertTrue(caller.join() instanceof IOException, caller.join() + "");
    small.close();
  }
}
