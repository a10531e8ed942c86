package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.ParcelCodec;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.sync.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered with batches, and in which stage. */
class OfferTest {
  @TempDir Path folder;
  private TestStore store;

  @BeforeEach
  void open() throws IOException {
    store = new TestStore(folder.resolve("store"));
  }

  @AfterEach
  void close() throws IOException {
    store.check().close();
  }

  private List<BatchCutter.Cut> cuts(BatchCutter.RecordChoice along) throws IOException {
    Agreement agreement =
        new Agreement(
            1, true, true, Optional.empty(), store.mail.replication().vectors(), new TreeMap<>());
    List<BatchCutter.Cut> cuts = new ArrayList<>();
    try (StoreReader reader = store.mail.blobs().reader()) {
      BatchCutter cutter = new BatchCutter(store.mail.replication(), reader, agreement, along);
      for (BatchCutter.Cut cut = cutter.next(); cut != null; cut = cutter.next()) {
        cuts.add(cut);
      }
    }
    return cuts;
  }

  private static BitSet first(int count) {
    BitSet bits = new BitSet();
    bits.set(0, count);
    return bits;
  }

  /** A peer may be that fast. */
  @Test
  void secondStageShouldBeDueWhenTheEndOfTheFirstIsSaid() throws IOException {
    store.fill("jane", 0, 2, 40_000);
    Offer offer = new Offer(cuts((account, message) -> false).get(0).batch(), 1);
    Positions wanted = new Positions(1, Positions.FIRST, first(2));
    offer.want(wanted);
    try (StoreReader reader = store.mail.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      ContentSender sender =
          new ContentSender(
              reader,
              store.mail.blobs().ownership(),
              store.mail.replication().owners(Set.of("jane")),
              codec,
              (kind, payload) -> {
                if (kind == FrameKind.END) {
                  offer.want(new Positions(1, Positions.SECOND, new BitSet()));
                }
              });
      assertEquals(List.of(), sender.send(offer, wanted));
    }
    assertTrue(offer.isComplete());
  }

  /** Many parts with long headers, which are literal bytes of the record. */
  private static byte[] ofManyParts(int seed) {
    StringBuilder text = new StringBuilder("Subject: " + seed + "\r\nMIME-Version: 1.0\r\n");
    text.append("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for (int i = 0; i < 400; i++) {
      text.append("--b\r\nContent-Description: ").append("what it is ".repeat(150));
      text.append("\r\n\r\n").append("A text that is long enough.\r\n".repeat(100));
    }
    return text.append("--b--\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void batchesShouldBeCutByLongRecordsThatMayBeAskedFor() throws IOException {
    for (int i = 0; i < 6; i++) {
      store.deliver("jane", "INBOX", ofManyParts(i));
    }
    store.mail.commit();
    try (StoreReader reader = store.mail.blobs().reader()) {
      for (Item item : store.items()) {
        StoredRecord record = reader.record(item.message()).orElseThrow();
        assertTrue(Incoming.bytes(record) > 600 << 10, Incoming.bytes(record) + "");
      }
    }
    List<BatchCutter.Cut> cuts = cuts((account, message) -> false);
    for (BatchCutter.Cut cut : cuts) {
      assertTrue(cut.batch().offered().size() <= 2, cut.batch() + "");
      assertTrue(cut.weight() >= cut.batch().offered().size() * (600 << 10));
    }
    assertEquals(6, cuts.stream().mapToInt(cut -> cut.batch().offered().size()).sum());
  }

  /** An attachment that was spoken of with one message is not offered with the next again. */
  @Test
  void attachmentThatAMessageAlongSharesWithOneThatIsAskedForShouldCome() throws IOException {
    TestStore other = new TestStore(folder.resolve("other"));
    store.fill("jane", 0, 1, 3000);
    store.sync(other);
    byte[] askedFor = TestStore.message(10, 7, 40_000);
    store.deliver("jane", "INBOX", askedFor);
    store.deliver("jane", "Copies", askedFor);
    store.deliver("jane", "INBOX", TestStore.message(11, 7, 40_000));
    store.mail.commit();
    TestStore.Reports reports = store.sync(other);
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(store.text(), other.text());
    other.check().close();
  }
}
