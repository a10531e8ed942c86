package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailboxCountsTest {
  @Test
  void rangesThatTouchAreOneWhateverTheirOrder() {
    MailboxCounts a = MailboxCounts.NONE.without(5, 9).without(20, 30).without(10, 12);
    MailboxCounts b = MailboxCounts.NONE.without(10, 12).without(20, 30).without(5, 9);
    assertEquals(a, b);
    assertEquals(Map.of(5L, 12L, 20L, 30L), a.leftOut());
    assertEquals(Map.of(4L, 40L), a.without(4, 40).leftOut());
    assertEquals(30, a.highestUid());
  }

  @Test
  void uidsFromFirstToLastAreLeftOut() {
    MailboxCounts counts = MailboxCounts.NONE.withUid(4).without(5, 9);
    assertFalse(counts.leavesOut(4));
    assertTrue(counts.leavesOut(5));
    assertTrue(counts.leavesOut(9));
    assertFalse(counts.leavesOut(10));
  }

  @Test
  void rowComesBackAsItWas() throws IOException {
    MailboxCounts counts = MailboxCounts.NONE.withItems(3).without(5, 9).without(70, 70);
    assertEquals(counts, MailboxCounts.decode(counts.encode()));
    assertEquals(MailboxCounts.NONE, MailboxCounts.decode(null));
  }
}
