package hapax.sync;

/** Hears how far an import is; called by many threads, so it must be quick. */
@FunctionalInterface
public interface ImportProgress {
  /** Hears nothing. */
  ImportProgress NONE = (messages, bytes, expected) -> {};

  /**
   * So many messages of so many bytes are done.
   *
   * @param expected how many messages there will be in all; 0 while that is not known
   */
  void done(long messages, long bytes, long expected);
}
