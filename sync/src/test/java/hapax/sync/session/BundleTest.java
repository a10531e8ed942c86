package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
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
  void wholeBundleLeavesNothingOut() throws IOException {
    here.fill("jane", 1, 1, 50_000);
    apply(write(here, there), there);
    apply(write(there, here), here);
    here.deliver("jane", "INBOX", TestStore.message(9, 1, 50_000));
    assertTrue(write(here, there, false).length < 2000);
    assertTrue(write(here, there, true).length > 50_000);
  }
}
