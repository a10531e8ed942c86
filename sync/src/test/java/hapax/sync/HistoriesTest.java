package hapax.sync;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Many histories. {@code -Dhapax.histories=100000} runs more, {@code -Dhapax.firstHistory=SEED}
 * others, {@code -Dhapax.history=SEED} only the one that failed.
 */
class HistoriesTest {
  @Test
  void replicasConvergeAndNothingWantedIsLostInAnyHistory() throws IOException {
    Long one = Long.getLong("hapax.history");
    if (one != null) {
      new History(one).run();
      return;
    }
    long first = Long.getLong("hapax.firstHistory", 0);
    for (long seed = first; seed < first + Long.getLong("hapax.histories", 10_000); seed++) {
      new History(seed).run();
    }
  }
}
