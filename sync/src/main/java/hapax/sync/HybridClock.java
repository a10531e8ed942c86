package hapax.sync;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A hybrid logical clock: each time that it gives is above every time that it gave or saw before,
 * and as near to the wall clock as that allows. When the wall clock stands or steps back, the
 * counter goes on, and runs over into the milliseconds after 65,536 times.
 *
 * <p>A time from elsewhere that is more than {@link #MAX_AHEAD} ahead of the wall clock is not
 * followed: one wrong clock must not set all others wrong.
 */
final class HybridClock {
  /** How far ahead of the wall clock a time from elsewhere may be. */
  static final Duration MAX_AHEAD = Duration.ofDays(1);

  private final InstantSource wall;
  private long last;

  HybridClock(InstantSource wall) {
    this.wall = wall;
  }

  /** What the wall clock says, in seconds since 1970. */
  long wallSeconds() {
    return wall.millis() / 1000;
  }

  /** The next time. */
  synchronized long next() {
    long now = Stamp.timeOf(wall.millis());
    last = Long.compareUnsigned(now, last) > 0 ? now : last + 1;
    return last;
  }

  /** Goes on after a time that this replica itself gave, however far ahead it is. */
  synchronized void resume(long time) {
    if (Long.compareUnsigned(time, last) > 0) {
      last = time;
    }
  }

  /** Goes on after a time from elsewhere; says whether it was near enough to be followed. */
  synchronized boolean observe(long time) {
    if (Stamp.millisOf(time) > wall.millis() + MAX_AHEAD.toMillis()) {
      return false;
    }
    resume(time);
    return true;
  }
}
