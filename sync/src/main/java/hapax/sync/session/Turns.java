package hapax.sync.session;

/**
 * Counts how often a talk goes back and forth. Each frame says its turn: one more than the highest
 * heard if its sender had nothing to say before it heard that, else the same as the frame before.
 */
final class Turns {
  private int heard;
  private int said;
  private boolean waiting = true;

  /** A frame of this turn came. */
  synchronized void heard(int turn) {
    heard = Math.max(heard, turn);
  }

  /** This side has nothing to say until the peer speaks. */
  synchronized void waiting() {
    waiting = true;
  }

  /** The turn of the next frame. */
  synchronized int next() {
    if (waiting) {
      said = Math.max(said, heard + 1);
      waiting = false;
    }
    return said;
  }

  /** How often something was said and answered. */
  synchronized int roundTrips() {
    return (Math.max(heard, said) + 1) / 2;
  }
}
