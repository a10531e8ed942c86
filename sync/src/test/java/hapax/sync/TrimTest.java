package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.blob.SweepMargins;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that lose what others say, too. */
class TrimTest {
  private Side one;
  private Side two;

  @BeforeEach
  void aHistory() throws IOException {
    one = new Side(1);
    two = new Side(2);
    one.add("INBOX", 1);
    one.at(1).add("INBOX", 2);
    for (int second = 2; second < 40; second += 2) {
      flag(one.at(second), Set.of("work"), Set.of());
      flag(one.at(second + 1), Set.of(), Set.of("work"));
    }
    one.at(41).account.rename(one.unit, one.mailbox("INBOX"), "Old");
    one.at(42).account.rename(one.unit, one.mailbox("Old"), "Older");
    one.at(43).account.expunge(one.unit, Side.id(2));
  }

  private static void flag(Side side, Set<String> set, Set<String> clear) throws IOException {
    assertTrue(side.account.flag(side.unit, Side.id(1), set, clear));
  }

  @Test
  void trimmedLogAndOneThatIsNotMeetAtHorizonsOfTheirOwn() throws IOException {
    two.at(50).receive(one);
    flag(two, Set.of("\\Seen"), Set.of());
    two.at(52).account.expunge(two.unit, Side.id(1));
    trim(one.at(60));
    two.store.forgetExpungedBefore(Side.moment(20));
    two.store.trimLogs();
    Side three = new Side(3).at(60);
    three.receive(one);
    Side.meet(one, two, three);
    for (Side side : List.of(one, two, three)) {
      assertEquals(one.blobs.rows.common(), side.blobs.rows.common());
      assertEquals(List.of(), IndexCheck.findings(side.store));
    }
    assertTrue(two.item(2).isPresent(), "two keeps what one has forgotten");
    assertTrue(three.item(2).isEmpty(), "one had nothing of it any more");
    forgetAlike(one, two, three);
    assertEquals(one.blobs.rows.text(), two.blobs.rows.text());
    assertEquals(one.blobs.rows.text(), three.blobs.rows.text());
  }

  private static long trim(Side side) throws IOException {
    side.store.forgetExpungedBefore(side.now());
    String before = side.blobs.rows.text();
    long gone = side.store.trimLogs();
    assertEquals(before, side.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(side.store));
    return gone;
  }

  @Test
  void whatOthersSayTooGoesAndTheIndexStaysTheFoldOfTheLog() throws IOException {
    int before = one.blobs.log.size();
    one.at(50);
    assertEquals(39, trim(one), "one of them the addition of what is forgotten");
    assertEquals(
        before + 1 - 38 + 2, one.blobs.log.size(), "two gaps, and the note of the horizon");
    assertEquals(0, trim(one), "nothing more");
  }

  @Test
  void flagsOfWhatIsForgottenGo() throws IOException {
    flag(one.at(50), Set.of("late"), Set.of());
    assertTrue(one.at(51).account.flag(one.unit, Side.id(1), Set.of("\\Seen"), Set.of()));
    one.at(52).account.expunge(one.unit, Side.id(1));
    two.receive(one);
    trim(one.at(60));
    assertEquals(
        0,
        one.lackedBy(VersionVector.NOTHING).stream()
            .filter(bytes -> bytes[1] == ItemBody.Flagged.CODE)
            .count());
    Side.meet(one, two);
    forgetAlike(one, two);
    assertEquals(one.blobs.rows.text(), two.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(two.store));
  }

  @Test
  void flagsOfWhatIsForgottenOnlyElsewhereStay() throws IOException {
    flag(one.at(44), Set.of("\\Seen"), Set.of());
    assertTrue(one.at(50).account.expunge(one.unit, Side.id(1)));
    one.at(60).store.forgetExpungedBefore(one.now());
    two.at(61).receive(one);
    two.account.forget(two.unit, Side.moment(48).toEpochMilli());
    two.store.commit();
    String before = two.blobs.rows.text();
    two.store.trimLogs();
    assertEquals(before, two.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(two.store));
    Side three = new Side(3);
    three.receive(two);
    two.receive(three);
    forgetAlike(two, three);
    assertEquals(two.blobs.rows.text(), three.blobs.rows.text());
    Side.meet(one, two, three);
    forgetAlike(one, two, three);
    assertEquals(one.blobs.rows.text(), two.blobs.rows.text());
    assertEquals(one.blobs.rows.text(), three.blobs.rows.text());
  }

  /** Lets all forget as much as the one that forgot most. */
  private static void forgetAlike(Side... sides) throws IOException {
    long horizon = 0;
    for (Side side : sides) {
      assertEquals(sides[0].blobs.rows.common(), side.blobs.rows.common());
      horizon = Math.max(horizon, side.store.index(Side.ACCOUNT).account().horizon());
    }
    for (Side side : sides) {
      side.account.forget(side.unit, horizon);
    }
  }

  @Test
  void smallStepsLeaveWhatOneStepLeaves() throws IOException {
    one.at(50).store.forgetExpungedBefore(one.now());
    Side same = new Side(one.blobs.copy(), Identity.of(1)).at(50);
    long gone = one.store.trimLogs();
    assertEquals(gone, new Trim(same.store, Side.ACCOUNT, 3).run());
    assertEquals(one.blobs.rows.text(), same.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(same.store));
    assertTrue(same.blobs.log.size() > one.blobs.log.size(), "gaps of three");
    assertEquals(0, same.store.trimLogs());
    assertEquals(one.blobs.log.size(), same.blobs.log.size(), "gaps that touch are one");
  }

  @Test
  void nothingAfterTheHorizonGoes() throws IOException {
    one.store.forgetExpungedBefore(Side.moment(1));
    assertEquals(0, one.store.trimLogs());
    one.at(100).store.forgetExpungedBefore(Side.moment(44));
    Instant middle = Side.moment(44);
    one.at(200);
    flag(one, Set.of("late"), Set.of());
    flag(one.at(201), Set.of(), Set.of("late"));
    one.store.trimLogs();
    Account then = one.store.asOf(Side.ACCOUNT, Side.moment(200));
    assertEquals(Set.of("late"), then.item(Side.id(1)).orElseThrow().flags());
    assertEquals(
        Set.of(), one.store.asOf(Side.ACCOUNT, middle).item(Side.id(1)).orElseThrow().flags());
  }

  @Test
  void peerThatFellBehindTheTrimmedLogGetsWhatDecides() throws IOException {
    trim(one.at(50));
    two.receive(one);
    one.receive(two);
    forgetAlike(one, two);
    assertEquals(one.blobs.rows.text(), two.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(two.store));
    Side three = new Side(3);
    three.receive(two);
    assertTrue(three.exchange().seen(Side.ACCOUNT).covers(one.exchange().seen(Side.ACCOUNT)));
  }

  @Test
  void peerThatStandsInTheMiddleOfAGapKeepsWhatItHas() throws IOException {
    List<byte[]> all = one.lackedBy(VersionVector.NOTHING);
    two.exchange().take(two.unit, Side.ACCOUNT, all.subList(0, 20));
    int before = two.blobs.log.size();
    trim(one.at(50));
    for (byte[] change : one.lackedBy(two.exchange().seen(Side.ACCOUNT))) {
      assertEquals(1, two.exchange().take(two.unit, Side.ACCOUNT, List.of(change)).taken());
      assertEquals(List.of(), IndexCheck.findings(two.store), "also if the line is torn here");
    }
    assertTrue(two.blobs.log.size() > before);
    one.receive(two);
    forgetAlike(one, two);
    assertEquals(one.blobs.rows.text(), two.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(two.store));
  }

  @Test
  void gapsThatTouchAreOne() throws IOException {
    one.store.forgetExpungedBefore(Side.moment(20));
    one.store.trimLogs();
    trim(one.at(50));
    long gaps =
        one.lackedBy(VersionVector.NOTHING).stream()
            .filter(bytes -> bytes[1] == AccountBody.Trimmed.CODE)
            .count();
    assertEquals(2, gaps);
  }

  @Test
  void trimmedLogOfARealStoreIsRebuiltToEqualRows(@TempDir Path folder) throws IOException {
    Instant[] now = {Side.moment(0)};
    Instant before = Side.moment(50);
    try (MailStore store = MailStore.open(folder, true, () -> now[0])) {
      Account account = store.openAccount("jane");
      for (int i = 0; i < 30; i++) {
        now[0] = Side.moment(i);
        try (Intake unit = store.blobs().intake()) {
          byte[] none = new byte[0];
          RecordId id = Side.message(1);
          unit.putRecord(new StoredRecord(id, 100, List.of(), none, none, none, none));
          MailboxId inbox = account.openMailbox(unit, "INBOX").id();
          account.add(unit, inbox, Side.newItem(1, 1));
          account.flag(unit, Side.id(1), Set.of("k" + i % 3), Set.of("k" + (i + 1) % 3));
        }
        store.commit();
      }
      now[0] = Side.moment(60);
      try (Intake unit = store.blobs().intake()) {
        ((LogAccount) account).forget(unit, before.toEpochMilli());
      }
      assertEquals(28, store.trimLogs());
      assertEquals(List.of(), IndexCheck.findings(store));
      assertEquals(List.of(), store.blobs().check(hapax.blob.CheckScope.FULL).findings());
    }
    for (boolean swept : new boolean[] {false, true}) {
      MailStore.rebuild(folder);
      try (MailStore store = MailStore.open(folder, false, () -> now[0])) {
        assertEquals(List.of(), IndexCheck.findings(store));
        long[] entries = {0};
        store.blobs().scanLog(new byte[0], null, (key, entry) -> ++entries[0] > 0);
        assertTrue(entries[0] < 12, "entries: " + entries[0]);
        assertEquals(
            Set.of("k1", "k2"),
            store.account("jane").orElseThrow().item(Side.id(1)).orElseThrow().flags());
        if (!swept) {
          store.blobs().sweep(store.blobs().planSweep(new SweepMargins(0)));
        }
      }
    }
  }

  @Test
  void gapThatStandsForMoreThanItCanIsNoChange() {
    assertEquals(
        Optional.of("expected at most 3 changes trimmed, found 4"),
        Optional.ofNullable(
            org.junit.jupiter.api.Assertions.assertThrows(
                    IllegalArgumentException.class,
                    () -> new Change(1, 3, 1, "jane", new AccountBody.Trimmed(4)))
                .getMessage()));
  }
}
