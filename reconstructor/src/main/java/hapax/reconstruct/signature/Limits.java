package hapax.reconstruct.signature;

/**
 * What a message may cost, so that hostile mail costs bounded time and memory. Honest mail stays a
 * hundredfold below each; what goes beyond gets a verdict that says so.
 */
final class Limits {
  /** Bytes of one header block that are looked at. */
  static final int HEADER_BYTES = 16 << 20;

  /** Fields of one header; honest ones have some fifty. */
  static final int FIELDS = 50_000;

  /** Bytes of one signature field, beside which even a field of 1,000 names is small. */
  static final int SIGNATURE_FIELD_BYTES = 64 << 10;

  /** Signatures of one kind in one header that are checked. */
  static final int SIGNATURES = 100;

  /** Header bytes that are canonicalised for all signatures of one header together. */
  static final long CANONICAL_BYTES = 64L << 20;

  /** ARC sets, RFC 8617 section 4.2.1. */
  static final int ARC_SETS = 50;

  /** Bits of an RSA modulus: OpenSSL and DNS stop well below. */
  static final int RSA_BITS = 16_384;

  /** Bits of an RSA exponent; a long one makes each check as slow as making a signature. */
  static final int RSA_EXPONENT_BITS = 64;

  /** Parts within parts; what is deeper is taken for a leaf. */
  static final int DEPTH = 100;

  /** Parts of one message that could matter for signatures. */
  static final int ENTITIES = 1_000;

  /** Header bytes of one part that are looked at. */
  static final int PART_HEADER_BYTES = 256 << 10;

  /** Bits of a DSA prime; the standard stops at 3,072. */
  static final int DSA_BITS = 4_096;

  private Limits() {}
}
