package hapax.reconstruct.signature;

/** A public key, ready to check signatures with. */
sealed interface RawKey permits RsaKey, EdwardsKey, DsaKey {
  /**
   * What this key says about {@code signature}.
   *
   * @param digest the digest that was used
   * @param value its value; the message itself if {@link #signsMessage()}
   */
  KeyMatch match(DigestName digest, byte[] value, byte[] signature);

  /** The scheme, for a person. */
  String name();

  /** Whether the scheme takes the message, not its digest. */
  boolean signsMessage();

  /** Whether the key is too short to prove anything today. */
  boolean isShort();
}
