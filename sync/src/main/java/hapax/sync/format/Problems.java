package hapax.sync.format;

/** Hears of what could not be read or written while the rest goes on. Called by any thread. */
public interface Problems {
  /** Mail that could not be taken, and why, in one line. */
  void failed(String place, String reason);

  /** A file that was left out because it is no mail. */
  void skipped(String place, String reason);
}
