package hapax.reconstruct.signature;

/** What a key says about a signature over a digest. */
enum KeyMatch {
  /** Made with this key over this digest. */
  RIGHT,
  /** Made with this key, but over another digest; only RSA can show that. */
  OTHER_DIGEST,
  /** Not made with this key over this digest. */
  WRONG
}
