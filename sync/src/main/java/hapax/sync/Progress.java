package hapax.sync;

/** Hears how far an import or export is; called by many threads, so it must be quick. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (messages, bytes, expected) -> {};

  /**
   * So many messages of so many bytes are done.
   *
   * @param expected how many messages there will be in all; 0 while that is not known
   */
  void done(long messages, long bytes, long expected);
}
