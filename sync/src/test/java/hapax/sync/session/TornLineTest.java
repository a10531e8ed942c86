package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines that break; both stores stay whole, and the next session completes what was begun. */
@Timeout(300)
class TornLineTest {
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

  private void torn(long caller, long answerer) {
    PipeLine.Pair pair = PipeLine.pair();
    Line one = new CutLine(pair.one(), caller);
    Line far = new CutLine(pair.other(), answerer);
    assertThrows(
        IOException.class,
        () -> here.sync(there, SessionOptions.DEFAULT, SessionOptions.DEFAULT, one, far));
  }

  private SessionReport whole() throws IOException {
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(here.text(), there.text());
    return reports.caller();
  }

  /** A message with one blob of its own is sent, and the line torn where the caller is. */
  @Test
  void smallSessionMayBeTornAtEveryByteThatIsSent() throws IOException {
    here.fill("jane", 0, 1, 1100);
    long bytes = whole().bytesSent();
    for (int cut = 0; cut < bytes - 40; cut++) {
      here.fill("jane", 1 + cut, 1, 1100);
      torn(cut, Long.MAX_VALUE);
      if (cut % 7 == 0) {
        whole();
      }
    }
    whole();
  }

  @Test
  void smallSessionMayBeTornAtEveryByteThatIsAnswered() throws IOException {
    here.fill("jane", 0, 1, 1100);
    long bytes = whole().bytesReceived();
    for (int cut = 0; cut < bytes - 20; cut++) {
      here.fill("jane", 1 + cut, 1, 1100);
      torn(Long.MAX_VALUE, cut);
      whole();
    }
  }

  @Test
  void whatCameInWholeBeforeTheLineWasTornIsKept() throws IOException {
    here.fill("jane", 0, 10, 50_000);
    torn(270_000, Long.MAX_VALUE);
    int kept = there.items().size();
    assertTrue(kept >= 4 && kept < 10, kept + " of 10");
    assertTrue(whole().bytesSent() < 50_000L * (10 - kept) + 20_000);
  }

  @Test
  void largeSessionMayBeTornAnywhereAndIsNotBegunAnew() throws IOException {
    Random random = new Random(1);
    here.fill("jane", 0, 300, 40_000);
    there.fill("tom", 1000, 300, 40_000);
    long all = 300 * 40_000L;
    long sent = 0;
    for (long cut = 50_000; cut < 3_000_000; cut += random.nextInt(1_000_000)) {
      long caller = random.nextBoolean() ? cut : Long.MAX_VALUE;
      torn(caller, caller == cut ? Long.MAX_VALUE : cut);
      here.check();
      there.check();
      sent += cut;
    }
    SessionReport last = whole();
    assertTrue(last.bytesSent() < all, last + " after " + sent);
    assertEquals(600, here.items().size());
  }
}
