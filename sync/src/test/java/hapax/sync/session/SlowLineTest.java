package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines that give bytes one by one, or none for a while. */
@Timeout(120)
class SlowLineTest {
  @TempDir Path folder;
  private TestStore here;
  private TestStore there;

  @BeforeEach
  void open() throws IOException {
    here = new TestStore(folder.resolve("here"));
    there = new TestStore(folder.resolve("there"));
    here.fill("jane", 1, 20, 40_000);
    there.fill("tom", 50, 20, 40_000);
  }

  @AfterEach
  void close() throws IOException {
    here.check().close();
    there.check().close();
  }

  @Test
  void bytesMayComeOneByOne() throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    TestStore.Reports reports =
        here.sync(
            there,
            SessionOptions.DEFAULT,
            SessionOptions.DEFAULT,
            new CrumblingLine(pair.one()),
            new CrumblingLine(pair.other()));
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(here.text(), there.text());
    assertEquals(40, here.items().size());
    assertTrue(reports.caller().roundTrips() <= 4, reports + "");
  }

  private CompletableFuture<TestStore.Reports> sync(StallingLine one, Line far) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return here.sync(there, SessionOptions.DEFAULT, SessionOptions.DEFAULT, one, far);
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  /** In the hello, between batches, and in the midst of a blob. */
  @Test
  void whileALineStallsBothStoresServeOthersAndThenTheSessionGoesOn() throws IOException {
    int number = 100;
    for (int bytes = 30; bytes < 500_000; bytes *= 5) {
      here.fill("jane", number, 20, 40_000);
      PipeLine.Pair pair = PipeLine.pair();
      StallingLine one = new StallingLine(pair.one(), bytes);
      CompletableFuture<TestStore.Reports> session = sync(one, pair.other());
      one.awaitStall();
      here.fill("kate", number + 20, 5, 40_000);
      there.fill("kate", number + 25, 5, 40_000);
      one.move();
      assertEquals(List.of(), session.join().caller().failures());
      here.sync(there);
      assertEquals(here.text(), there.text());
      number += 30;
    }
    assertEquals(40 + number - 100, here.items().size());
  }

  @Test
  void lineThatStallsMayBeTorn() throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    StallingLine one = new StallingLine(pair.one(), 300_000);
    CompletableFuture<TestStore.Reports> session = sync(one, pair.other());
    one.awaitStall();
    one.tear();
    assertThrows(CompletionException.class, session::join);
    here.check();
    there.check();
    here.sync(there);
    assertEquals(here.text(), there.text());
  }
}
