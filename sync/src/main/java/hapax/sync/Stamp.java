package hapax.sync;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * When a change was made, and by whom: the total order by which the later of two changes wins.
 *
 * @param time hybrid time: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16
 * @param origin the replica that made it; decides between equal times
 */
record Stamp(long time, long origin) implements Comparable<Stamp> {
  /** How many bits of a hybrid time count within a millisecond. */
  static final int COUNTER_BITS = 16;

  /**
   * No change's stamp: in the place of a visit's it stands for the one that an item's addition
   * begins.
   */
  static final Stamp NONE = new Stamp(0, 0);

  /** The lowest hybrid time of a millisecond. */
  static long timeOf(long millis) {
    return millis << COUNTER_BITS;
  }

  /** The milliseconds of a hybrid time. */
  static long millisOf(long time) {
    return time >>> COUNTER_BITS;
  }

  long millis() {
    return millisOf(time);
  }

  // Those that a record has are put together when they are first called, which takes milliseconds.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stamp that && time == that.time && origin == that.origin;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(time ^ origin);
  }

  @Override
  public int compareTo(Stamp that) {
    int order = Long.compareUnsigned(time, that.time);
    return order != 0 ? order : Long.compareUnsigned(origin, that.origin);
  }

  /** Sixteen hexadecimal digits: how an origin is written. */
  static String originText(long origin) {
    return HexFormat.of().toHexDigits(origin);
  }
}
