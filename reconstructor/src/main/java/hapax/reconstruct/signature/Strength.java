package hapax.reconstruct.signature;

/** How much a signature is worth even when it verifies. */
public enum Strength {
  FULL,
  /** SHA-1 or MD5, or a key that is too short. */
  WEAK,
  /** A scheme that was given up: DomainKeys, drafts of DKIM. */
  HISTORIC
}
