package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HybridClockTest {
  private long wall = 1_000_000;
  private final HybridClock clock = new HybridClock(() -> Instant.ofEpochMilli(wall));

  @Test
  void timesGrowWhenTheWallClockStandsOrStepsBack() {
    long first = clock.next();
    assertEquals(Stamp.timeOf(wall), first);
    assertEquals(first + 1, clock.next());
    wall -= 500;
    assertEquals(first + 2, clock.next());
    wall += 1000;
    assertEquals(Stamp.timeOf(wall), clock.next());
  }

  @Test
  void counterRunsOverIntoTheNextMillisecond() {
    clock.resume(Stamp.timeOf(wall) + 0xFFFF);
    assertEquals(Stamp.timeOf(wall + 1), clock.next());
  }

  @Test
  void timesFromElsewhereAreFollowedUpToADayAhead() {
    long day = HybridClock.MAX_AHEAD.toMillis();
    assertTrue(clock.observe(Stamp.timeOf(wall + day)));
    assertEquals(Stamp.timeOf(wall + day) + 1, clock.next());
    assertFalse(clock.observe(Stamp.timeOf(wall + day + 1)));
    assertFalse(clock.observe(-1L));
    assertEquals(Stamp.timeOf(wall + day) + 2, clock.next());
  }

  @Test
  void ownTimesAreFollowedHoweverFarAhead() {
    clock.resume(Stamp.timeOf(wall * 1000));
    assertEquals(Stamp.timeOf(wall * 1000) + 1, clock.next());
  }
}
