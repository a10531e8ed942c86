package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.RecordId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After a torn line no more comes again than what came with the last batch that came. */
@Timeout(300)
class RepetitionTest {
  private static final int TEARS = Integer.getInteger("hapax.tears", 6);

  @TempDir Path folder;
  private final Random random = new Random(Long.getLong("hapax.tearSeed", 1));
  private TestStore here;
  private TestStore there;
  private int messages;

  /** Changes that came twice, and batches before the last that came, over all torn lines. */
  private int repeated;

  private int before;

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

  private void fill(TestStore store, String account, int count, int attachmentBytes)
      throws IOException {
    store.fill(account, messages, count, attachmentBytes);
    messages += count;
  }

  /** Both ends of a line, and what passed over it. */
  private static final class Tap {
    private final PipeLine.Pair pair = PipeLine.pair();
    final TappedLine one = new TappedLine(pair.one());
    final TappedLine far = new TappedLine(pair.other());
  }

  /**
   * Tears a line after so many bytes of the caller, or of the answerer, and has a whole session
   * after it.
   *
   * @param spare records at the edges of whole groups that may come again, each batch
   */
  private void tear(long bytes, boolean caller, SessionOptions far, int spare) throws IOException {
    Tap torn = new Tap();
    Line one = new CutLine(torn.one, caller ? bytes : Long.MAX_VALUE);
    Line other = new CutLine(torn.far, caller ? Long.MAX_VALUE : bytes);
    assertThrows(
        IOException.class, () -> here.sync(there, SessionOptions.DEFAULT, far, one, other));
    Tap whole = new Tap();
    TestStore.Reports reports = here.sync(there, SessionOptions.DEFAULT, far, whole.one, whole.far);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    assertOneBatchComesAgain(torn.one.batches(), whole.one.batches(), spare);
    assertOneBatchComesAgain(torn.far.batches(), whole.far.batches(), spare);
  }

  private void assertOneBatchComesAgain(
      List<TappedLine.Brought> torn, List<TappedLine.Brought> whole, int spare) {
    Set<ByteBuffer> changes = new HashSet<>();
    Set<RecordId> records = new HashSet<>();
    for (TappedLine.Brought again : whole) {
      changes.addAll(again.changes());
      records.addAll(again.records());
    }
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < torn.size(); i++) {
      TappedLine.Brought came = torn.get(i);
      came.changes().retainAll(changes);
      came.records().retainAll(records);
      if (!came.changes().isEmpty() || came.records().size() > spare) {
        numbers.add(i + 1);
      }
      repeated += came.changes().size();
    }
    assertTrue(
        numbers.isEmpty() || numbers.equals(List.of(torn.size())),
        "batches " + numbers + " of " + torn.size() + " came again");
    before += Math.max(0, torn.size() - 1);
  }

  private void assertTearsWereInTheMidst() {
    assertTrue(repeated > 0 && before >= TEARS, repeated + " changes, " + before + " batches");
  }

  /** Whole groups, with small blobs in them and large ones that are asked for. */
  @Test
  void firstSync() throws IOException {
    for (int group = 0; group < 10; group++) {
      fill(here, "jane", 30, 6_000);
      fill(here, "john", 3, 200_000);
      fill(here, "tom", 60, 6_000);
    }
    for (int i = 0; i < TEARS; i++) {
      there.close();
      there = new TestStore(folder.resolve("there" + i));
      tear(500_000 + random.nextInt(8_000_000), true, SessionOptions.DEFAULT, 16);
    }
    assertTearsWereInTheMidst();
  }

  /** Records are asked for; those of one account go along. */
  private void bothChange() throws IOException {
    fill(there, "jane", 300, 0);
    here.fillTwice("jane", messages, 300, 40_000);
    messages += 300;
    fill(here, "john", 20, 30_000);
  }

  @Test
  void recordsAndThenBlobsThatAreAskedFor() throws IOException {
    for (int i = 0; i < TEARS; i++) {
      bothChange();
      boolean caller = random.nextInt(4) > 0;
      int bytes = caller ? 200_000 + random.nextInt(11_000_000) : 500 + random.nextInt(20_000);
      tear(bytes, caller, SessionOptions.DEFAULT, 0);
    }
    assertTearsWereInTheMidst();
  }

  @Test
  void sessionLimitedToAnAccount() throws IOException {
    SessionOptions jane = SessionOptions.DEFAULT.limitedTo(List.of("jane"));
    for (int i = 0; i < TEARS; i++) {
      bothChange();
      tear(200_000 + random.nextInt(11_000_000), true, jane, 0);
    }
    assertTearsWereInTheMidst();
  }

  /** Records go along, as the peer has changed nothing; blobs are asked for. */
  @Test
  void manyBatchesBothWays() throws IOException {
    for (int i = 0; i < TEARS; i++) {
      for (int account = 0; account < 4; account++) {
        fill(here, "jane" + account, 500, 1_500);
        fill(there, "tom" + account, 500, 1_500);
      }
      tear(500_000 + random.nextInt(3_000_000), random.nextBoolean(), SessionOptions.DEFAULT, 0);
    }
    assertTearsWereInTheMidst();
  }
}
