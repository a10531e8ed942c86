package hapax.blob;

/** What came of putting a blob or a record. */
public enum PutResult {
  /** It was new; its frames were written and read back. */
  STORED,
  /** The store had it, and the copy that will be read later was compared equal. */
  SHARED,
  /** The store's copy was damaged; a new one took its place. */
  HEALED
}
