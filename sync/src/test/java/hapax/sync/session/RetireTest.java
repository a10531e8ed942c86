package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CheckScope;
import hapax.blob.CrashStore;
import hapax.blob.Disk;
import hapax.blob.Intake;
import hapax.blob.SweepMargins;
import hapax.sync.Account;
import hapax.sync.CrashingMail;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.MailStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A peer that will not come back, and one that does all the same. */
@Timeout(120)
class RetireTest {
  @TempDir Path folder;
  private final Instant[] now = {Instant.parse("2027-01-15T08:00:00Z")};
  private final InstantSource clock = () -> now[0];

  private TestStore store(String name) throws IOException {
    return new TestStore(folder.resolve(name), clock);
  }

  private static long id(TestStore store) {
    return store.mail.replication().replica();
  }

  private static void expunge(TestStore store, ItemId... items) throws IOException {
    Account account = store.mail.openAccount("jane");
    try (Intake unit = store.mail.blobs().intake()) {
      for (ItemId item : items) {
        assertTrue(account.expunge(unit, item));
      }
    }
    store.mail.commit();
  }

  private static void flag(TestStore store, ItemId item) throws IOException {
    Account account = store.mail.openAccount("jane");
    try (Intake unit = store.mail.blobs().intake()) {
      assertTrue(account.flag(unit, item, Set.of("work"), Set.of()));
    }
    store.mail.commit();
  }

  private static Set<ItemId> ids(TestStore store) throws IOException {
    return store.items().stream().map(Item::id).collect(Collectors.toCollection(TreeSet::new));
  }

  private void sweep(TestStore store) throws IOException {
    store.mail.forgetExpungedBefore(now[0].minus(Duration.ofDays(30)));
    store.mail.trimLogs();
    store.mail.blobs().sweep(store.mail.blobs().planSweep(SweepMargins.NOW));
  }

  @Test
  void peerThatComesAgainMergesAsBefore() throws IOException {
    try (TestStore one = store("one");
        TestStore two = store("two")) {
      one.fill("jane", 0, 10, 3000);
      one.sync(two);
      List<ItemId> items = List.copyOf(ids(one));
      one.mail.replication().retire(id(two));
      assertTrue(one.mail.replication().peers().isEmpty());
      expunge(one, items.get(0), items.get(1));
      expunge(two, items.get(1), items.get(2));
      flag(two, items.get(0));
      flag(one, items.get(2));
      flag(two, items.get(3));
      now[0] = now[0].plus(Duration.ofDays(40));
      sweep(one);
      two.fill("jane", 20, 1, 3000);
      one.fill("jane", 21, 1, 3000);
      Set<ItemId> wanted = ids(one);
      wanted.addAll(ids(two));
      wanted.removeAll(items.subList(0, 3));
      one.sync(two);
      assertEquals(wanted, ids(one));
      assertEquals(one.text(), two.text());
      one.check();
      two.check();
      assertEquals(Set.of(id(two)), one.mail.replication().peers().keySet());
      one.sync(two);
      assertEquals(1, one.sync(two).caller().roundTrips(), "known again");
    }
  }

  @Test
  void bundleForOneThatIsRetiredHasAll() throws IOException {
    try (TestStore one = store("one");
        TestStore two = store("two")) {
      one.fill("jane", 0, 2, 50_000);
      one.sync(two);
      assertTrue(bundle(one, id(two)).length < 1000);
      one.mail.replication().retire(id(two));
      assertTrue(bundle(one, id(two)).length > 100_000, "what it owns is not known any more");
    }
  }

  private static byte[] bundle(TestStore from, long peer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BundleWriter(from.mail, peer, false).write(bytes);
    return bytes.toByteArray();
  }

  @Test
  void staysRetiredWhenTheCatalogIsMadeAnewAndPacksAreSwept() throws IOException {
    long three;
    try (TestStore one = store("one");
        TestStore two = store("two");
        TestStore other = store("three")) {
      one.fill("jane", 0, 3, 3000);
      one.sync(two);
      one.sync(other);
      three = id(other);
      one.mail.replication().retire(id(two));
    }
    for (boolean swept : new boolean[] {true, false}) {
      MailStore.rebuild(folder.resolve("one"));
      try (TestStore one = store("one")) {
        one.check();
        assertEquals(List.of(), one.mail.blobs().check(CheckScope.FULL).findings());
        assertEquals(Set.of(three), one.mail.replication().peers().keySet());
        if (swept) {
          one.mail.blobs().sweep(one.mail.blobs().planSweep(new SweepMargins(0)));
        }
      }
    }
  }

  @Test
  void clockThatStepsBackRetiresAllTheSame() throws IOException {
    try (TestStore one = store("one");
        TestStore two = store("two")) {
      one.fill("jane", 0, 1, 3000);
      one.sync(two);
      long peer = id(two);
      now[0] = now[0].plus(Duration.ofDays(400));
      one.mail.replication().heard(7, two.mail.replication().vectors());
      now[0] = now[0].minus(Duration.ofDays(400));
      one.mail.replication().retire(7);
      assertEquals(Set.of(peer), one.mail.replication().peers().keySet());
      one.mail.replication().heard(7, two.mail.replication().vectors());
      assertEquals(Set.of(peer, 7L), one.mail.replication().peers().keySet());
    }
  }

  @Test
  void isRetiredOrNotWhereverTheStoreStops() throws IOException {
    CrashStore before = CrashStore.empty();
    try (TestStore one = open(before, before.disk());
        TestStore two = store("two")) {
      one.fill("jane", 0, 2, 3000);
      one.sync(two);
    }
    boolean stopped = true;
    for (int n = 0; stopped; n++) {
      for (boolean power : new boolean[] {false, true}) {
        CrashStore copy = before.afterKill();
        Disk disk = copy.disk(n);
        stopped = !retireAll(copy, disk);
        CrashStore after = power ? copy.afterPowerLoss(n) : copy.afterKill();
        try (TestStore one = open(after, after.disk())) {
          one.check();
          assertTrue(stopped || one.mail.replication().peers().isEmpty());
        }
        assertTrue(retireAll(after, after.disk()));
        try (TestStore one = open(after, after.disk())) {
          one.check();
          assertTrue(one.mail.replication().peers().isEmpty());
        }
      }
    }
  }

  private static boolean retireAll(CrashStore store, Disk disk) {
    try (TestStore one = open(store, disk)) {
      for (long peer : one.mail.replication().peers().keySet()) {
        one.mail.replication().retire(peer);
      }
      return true;
    } catch (IOException stopped) {
      return false;
    }
  }

  private static TestStore open(CrashStore store, Disk disk) throws IOException {
    return new TestStore(Path.of("one"), CrashingMail.open(store, disk));
  }
}
