package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CheckScope;
import hapax.blob.CorruptStoreException;
import hapax.blob.Intake;
import hapax.blob.SweepMargins;
import hapax.sync.Account;
import hapax.sync.Debt;
import hapax.sync.MailStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BundleTest {
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

  private static byte[] write(TestStore from, TestStore to, boolean everything) throws IOException {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    BundleReport report =
        new BundleWriter(from.mail, to.mail.replication().replica(), everything).write(bundle);
    assertEquals(bundle.size(), report.bytes());
    return bundle.toByteArray();
  }

  private static byte[] write(TestStore from, TestStore to) throws IOException {
    return write(from, to, false);
  }

  private static BundleReport apply(byte[] bundle, TestStore to) throws IOException {
    try (BundleReader reader = new BundleReader(new ByteArrayInputStream(bundle), "test")) {
      return new BundleApplier(to.mail).apply(reader);
    }
  }

  @Test
  void carriesEverythingToAnEmptyStoreAndNothingTwice() throws IOException {
    here.fill("jane", 1, 20, 5000);
    here.fill("tom", 15, 10, 50_000);
    byte[] bundle = write(here, there);
    BundleReport report = apply(bundle, there);
    assertEquals(List.of(), report.debts());
    assertTrue(report.whole());
    assertEquals(here.text(), there.text());
    BundleReport again = apply(bundle, there);
    assertEquals(0, again.changes());
    assertEquals(here.text(), there.text());
  }

  @Test
  void wayBackCarriesOnlyWhatTheWriterLacks() throws IOException {
    here.fill("jane", 1, 5, 50_000);
    apply(write(here, there), there);
    there.deliver("jane", "INBOX", TestStore.message(77, 1, 50_000));
    byte[] back = write(there, here);
    assertTrue(back.length < 2000, "the attachment is owned, yet took " + back.length);
    assertEquals(1, apply(back, here).changes());
    assertEquals(here.text(), there.text());
    assertTrue(write(here, there).length < 200);
  }

  @Test
  void bundlesMayComeLateTwiceOrNever() throws IOException {
    byte[][] bundles = new byte[6][];
    for (int i = 0; i < bundles.length; i++) {
      here.fill("jane", 10 * i, 3, 1500);
      bundles[i] = write(here, there);
    }
    for (int i : new int[] {2, 0, 2, 1, 5, 4}) {
      BundleReport report = apply(bundles[i], there);
      assertEquals(List.of(), report.debts());
      there.check();
    }
    assertEquals(here.text(), there.text());
  }

  @Test
  void cutBundleIsTakenUpToItsLastWholeBatch() throws IOException {
    here.fill("jane", 1, 4, 3000);
    here.fill("tom", 5, 4, 3000);
    byte[] bundle = write(here, there);
    for (int cut = 100; cut < bundle.length; cut += 97) {
      BundleReport report = apply(Arrays.copyOf(bundle, cut), there);
      assertEquals(false, report.whole());
      assertEquals(List.of(), report.debts());
      assertEquals(4 * report.batches(), there.items().size());
    }
    assertTrue(apply(bundle, there).whole());
    assertEquals(here.text(), there.text());
  }

  @Test
  void bytesBehindTheEndAreToldAndAllBatchesStay() throws IOException {
    here.fill("jane", 1, 4, 3000);
    byte[] bundle = write(here, there);
    byte[] longer = Arrays.copyOf(bundle, bundle.length + 1);
    CorruptStoreException error =
        assertThrows(CorruptStoreException.class, () -> apply(longer, there));
    assertEquals(
        "test at offset " + bundle.length + ": expected the end, found more bytes",
        error.getMessage());
    assertEquals(here.text(), there.text());
    long writer = here.mail.replication().replica();
    assertEquals(here.mail.replication().vectors(), there.mail.replication().seenBy(writer));
    byte[] twice = Arrays.copyOf(bundle, 2 * bundle.length);
    System.arraycopy(bundle, 0, twice, bundle.length, bundle.length);
    assertThrows(CorruptStoreException.class, () -> apply(twice, there));
  }

  @Test
  void noBundleIsWrittenForTheStoreItself() {
    assertThrows(SyncException.class, () -> write(here, here));
  }

  @Test
  void flippedBitIsRefusedAndWhatCameBeforeStays() throws IOException {
    here.fill("jane", 1, 4, 3000);
    byte[] bundle = write(here, there);
    for (int at = 0; at < bundle.length; at += 61) {
      byte[] flipped = bundle.clone();
      flipped[at] ^= 4;
      assertTrue(isRefused(flipped), "at " + at);
      there.check();
    }
    assertEquals(List.of(), there.items());
  }

  /** A length that was made longer looks as if the bundle had been cut. */
  private boolean isRefused(byte[] bundle) {
    try {
      return !apply(bundle, there).whole();
    } catch (IOException refused) {
      return true;
    }
  }

  @Test
  void whatThePeerIsWronglyThoughtToOwnIsADebtThatASessionPays() throws IOException {
    here.fill("jane", 1, 1, 50_000);
    apply(write(here, there), there);
    apply(write(there, here), here);
    here.deliver("jane", "INBOX", TestStore.message(9, 1, 50_000));
    byte[] bundle = write(here, there);
    TestStore rolledBack = new TestStore(folder.resolve("rolled back"));
    BundleReport report = apply(bundle, rolledBack);
    assertEquals(1, report.debts().size());
    assertTrue(report.debts().get(0).startsWith("account jane stops: "), report.debts() + "");
    assertEquals(List.of(), rolledBack.items());
    here.sync(rolledBack);
    assertEquals(here.text(), rolledBack.text());
    rolledBack.check().close();
    apply(bundle, there);
  }

  @Test
  void debtIsListedUntilASessionBringsTheContent() throws IOException {
    Duration[] later = {Duration.ZERO};
    there.close();
    there = new TestStore(folder.resolve("there"), () -> Instant.now().plus(later[0]));
    here.fill("jane", 1, 1, 50_000);
    apply(write(here, there), there);
    apply(write(there, here), here);
    Account jane = there.mail.account("jane").orElseThrow();
    try (Intake unit = there.mail.blobs().intake()) {
      jane.expunge(unit, there.items().get(0).id());
    }
    there.mail.commit();
    later[0] = Duration.ofSeconds(1);
    there.mail.forgetExpungedBefore(Instant.now().plusSeconds(60));
    there.mail.blobs().sweep(there.mail.blobs().planSweep(SweepMargins.NOW));
    here.deliver("jane", "INBOX", TestStore.message(9, 1, 50_000));
    byte[] bundle = write(here, there);
    BundleReport report = apply(bundle, there);
    List<Debt> owed = debts(there);
    assertEquals(1, owed.size(), report.debts() + "");
    assertEquals("jane", owed.get(0).account());
    assertEquals(here.mail.replication().replica(), owed.get(0).peer());
    assertFalse(owed.get(0).ours());
    assertTrue(report.debts().get(0).endsWith(owed.get(0).reason()), owed + "");
    apply(bundle, there);
    assertEquals(owed, debts(there), "since when stays");
    there = rebuilt(there);
    assertEquals(owed, debts(there));
    here.sync(there);
    assertEquals(List.of(), debts(there));
    there = rebuilt(there);
    assertEquals(List.of(), debts(there));
  }

  /** The store with a catalog made anew from its packs; both are what the log says. */
  private static TestStore rebuilt(TestStore store) throws IOException {
    store.check();
    assertEquals(List.of(), store.mail.blobs().check(CheckScope.FULL).findings());
    store.close();
    MailStore.rebuild(store.folder);
    return new TestStore(store.folder).check();
  }

  private static List<Debt> debts(TestStore store) throws IOException {
    return store.mail.replication().debts();
  }

  private static List<String> accounts(List<Debt> debts, boolean ours) {
    return debts.stream().filter(debt -> debt.ours() == ours).map(Debt::account).toList();
  }

  @Test
  void whatCanNotBeReadIsOwedToEachAccountThatNeedsIt() throws IOException {
    here.fill("jane", 1, 1, 50_000);
    here.deliver("ann", "INBOX", TestStore.message(2, 1, 50_000));
    here.deliver("tom", "INBOX", TestStore.message(1, 1, 50_000));
    here.fill("tom", 3, 1, 3000);
    here.fill("zoe", 4, 1, 3000);
    damageFirstBlob();
    byte[] bundle = write(here, there);
    List<Debt> owed = debts(here);
    assertEquals(List.of("ann", "jane", "tom"), accounts(owed, true));
    assertEquals(3, owed.size());
    assertEquals(there.mail.replication().replica(), owed.get(0).peer());
    assertTrue(owed.get(0).reason().endsWith(" can not be read here"), owed + "");
    assertTrue(write(here, there).length >= bundle.length);
    assertEquals(owed, debts(here), "since when stays");
    apply(bundle, there);
    assertEquals(List.of("ann", "jane", "tom"), accounts(debts(there), false));
    assertEquals(1, there.items().size(), "of zoe");

    damageFirstBlob();
    apply(write(here, there), there);
    assertEquals(List.of(), debts(there));
    assertEquals(owed, debts(here), "not heard yet");
    apply(write(there, here), here);
    assertEquals(List.of(), debts(here));
  }

  /** Flips a bit of the first blob, or flips it back. */
  private void damageFirstBlob() throws IOException {
    here.close();
    Path pack = here.folder.resolve("packs/p-00000001.pack");
    byte[] bytes = Files.readAllBytes(pack);
    bytes[20_000] ^= 1;
    Files.write(pack, bytes);
    here = new TestStore(here.folder);
  }

  @Test
  void wholeBundleLeavesNothingOut() throws IOException {
    here.fill("jane", 1, 1, 50_000);
    apply(write(here, there), there);
    apply(write(there, here), here);
    here.deliver("jane", "INBOX", TestStore.message(9, 1, 50_000));
    assertTrue(write(here, there, false).length < 2000);
    assertTrue(write(here, there, true).length > 50_000);
  }
}
