package hapax.reconstruct.signature;

/** What a check of one aspect found. */
public enum Answer {
  YES,
  NO,
  /** The check needs something that is not here, such as a key, or a limit forbids it. */
  CANNOT_TELL
}
