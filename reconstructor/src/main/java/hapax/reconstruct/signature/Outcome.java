package hapax.reconstruct.signature;

/** What a verdict says in one word. */
public enum Outcome {
  /** The signed bytes are those that were signed, by the key found. */
  VERIFIED,
  /** The bytes, the signature or its syntax are wrong. */
  FAILED,
  /** Nothing was found wrong, but the key or the root that would prove it is missing. */
  NO_KEY,
  /** Encrypted: whether there is a signature inside can not be seen. */
  SEALED,
  /** Not checked, because a limit on hostile input forbids it. */
  UNCHECKED
}
