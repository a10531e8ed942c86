package hapax.reconstruct.signature;

/** Over which bytes a verdict was given. */
public enum LineEnds {
  /** The message's bytes as they are kept. */
  AS_KEPT,
  /** The same with each bare line feed taken as CRLF: mail at rest often lost its CRs. */
  CRLF
}
