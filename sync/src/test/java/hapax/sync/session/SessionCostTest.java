package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.sync.Account;
import hapax.sync.Item;
import hapax.sync.ItemId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions cost on the line. */
@Timeout(120)
class SessionCostTest {
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

  private static long bytes(SessionReport report) {
    return report.bytesSent() + report.bytesReceived();
  }

  @Test
  void nothingToDoWithFiftyAccountsTakesOneRoundTripAndHalfAKilobyte() throws IOException {
    for (int i = 0; i < 50; i++) {
      here.deliver("account" + i, "INBOX", TestStore.message(i, 0, 0));
    }
    here.mail.commit();
    here.sync(there);
    for (TestStore caller : List.of(here, there)) {
      SessionReport report = caller.sync(caller == here ? there : here).caller();
      assertEquals(1, report.roundTrips());
      assertTrue(bytes(report) <= 500, report + "");
    }
  }

  @Test
  void oneKeywordAmongTwoThousandMessagesTakesThreeHundredBytes() throws IOException {
    ItemId item = here.deliver("jane", "INBOX", TestStore.message(0, 0, 0));
    here.fill("jane", 1, 1999, 0);
    here.sync(there);
    flag(here, "jane", item);
    SessionReport pushed = here.sync(there).caller();
    assertEquals(1, pushed.changesSent());
    assertTrue(bytes(pushed) <= 300, pushed + "");
    assertEquals(2, pushed.roundTrips());
    assertEquals(here.text(), there.text());
  }

  @Test
  void oneKeywordInOneOfFiftyAccountsTakesLittleMore() throws IOException {
    ItemId item = here.deliver("account7", "INBOX", TestStore.message(0, 0, 0));
    for (int i = 0; i < 50; i++) {
      here.deliver("account" + i, "INBOX", TestStore.message(i, 0, 0));
    }
    here.mail.commit();
    here.sync(there);
    flag(here, "account7", item);
    SessionReport pushed = here.sync(there).caller();
    assertTrue(bytes(pushed) <= 400, pushed + "");
    flag(there, "account7", there.items().get(0).id(), "other");
    SessionReport pulled = here.sync(there).caller();
    assertTrue(bytes(pulled) <= 400, pulled + "");
    assertEquals(here.text(), there.text());
  }

  private static void flag(TestStore store, String account, ItemId item, String... keyword)
      throws IOException {
    Account of = store.mail.account(account).orElseThrow();
    try (var unit = store.mail.blobs().intake()) {
      of.flag(unit, item, keyword.length == 0 ? Set.of("work") : Set.of(keyword), Set.of());
    }
  }

  @Test
  void forwardedMessagesTakeNoMoreThanTheirCompressedRecords() throws IOException {
    here.fill("jane", 0, 100, 60_000);
    here.sync(there);
    for (int i = 0; i < 100; i++) {
      here.deliver("jane", "Sent", TestStore.message(1000 + i, i, 60_000));
    }
    here.mail.commit();
    Parcel.Builder parcel = new Parcel.Builder();
    try (var reader = here.mail.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      Account jane = here.mail.account("jane").orElseThrow();
      for (Item item : itemsOf(jane, "Sent")) {
        parcel.add(reader.record(item.message()).orElseThrow());
      }
      long records = codec.pack(parcel).length;
      SessionReport report = here.sync(there).caller();
      assertEquals(0, report.blobsSent());
      assertTrue(bytes(report) <= 1.1 * records, report + " for " + records);
    }
    assertEquals(here.text(), there.text());
  }

  private static List<Item> itemsOf(Account account, String mailbox) throws IOException {
    List<Item> items = new java.util.ArrayList<>();
    account.items(account.mailbox(mailbox).orElseThrow().id(), 1, items::add);
    return items;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void hundredMailboxesThatChangedTakeFourRoundTripsAtMost(int newOnes) throws IOException {
    for (int i = 0; i < 100; i++) {
      here.deliver("jane", "Box " + i, TestStore.message(i, i, 3000));
    }
    here.mail.commit();
    here.sync(there);
    for (int i = 0; i < 100 * newOnes; i++) {
      String box = "Box " + i % 100;
      here.deliver("jane", box, TestStore.message(500 + i, 500 + i, 3000));
      there.deliver("jane", box, TestStore.message(5000 + i, 5000 + i, 3000));
    }
    here.mail.commit();
    there.mail.commit();
    SessionReport report = here.sync(there).caller();
    assertTrue(report.roundTrips() <= 4, report + "");
    assertEquals(100 + 200 * newOnes, here.items().size());
    assertEquals(100 + 200 * newOnes, there.items().size());
  }

  @Test
  void firstSyncTakesNoMoreThanTheSourceStore() throws IOException {
    here.fill("jane", 0, 300, 100_000);
    here.fill("tom", 200, 300, 20_000);
    long size = here.mail.blobs().sizes().packBytes();
    SessionReport report = here.sync(there).caller();
    assertTrue(bytes(report) <= 1.05 * size, report + " for " + size);
  }
}
