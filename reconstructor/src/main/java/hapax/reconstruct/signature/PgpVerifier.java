package hapax.reconstruct.signature;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.PGPContentVerifier;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilder;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;

/**
 * Checks one OpenPGP signature for Bouncy Castle, which knows what is digested; digests come from
 * the JDK and keys from {@link PgpKey#raw()}, and what was found is remembered.
 */
final class PgpVerifier
    implements PGPContentVerifierBuilderProvider, PGPContentVerifierBuilder, PGPContentVerifier {
  private final PGPSignature signature;
  private final PgpKey key;
  private final RawKey raw;
  private final DigestName name;
  private final MessageDigest digest;
  private KeyMatch match = KeyMatch.WRONG;
  private boolean prefixRight;

  PgpVerifier(PGPSignature signature, PgpKey key, RawKey raw, DigestName name) {
    this.signature = signature;
    this.key = key;
    this.raw = raw;
    this.name = name;
    this.digest = name.start();
  }

  /** Begins the check; the content is then given to {@link #content}. */
  void begin() throws SyntaxFault {
    try {
      signature.init(this, key.key());
    } catch (PGPException | RuntimeException e) {
      throw new SyntaxFault("the signature can not be checked: " + e.getMessage());
    }
  }

  /**
   * Takes the content. Lines of a text end in CRLF (RFC 9580 section 5.2.1.2); a carriage return
   * alone ends none, as GnuPG has it, while Bouncy Castle would make a line end of it.
   */
  OutputStream content() {
    OutputStream digested = new DigestStream(digest);
    return signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT
        ? new CrlfStream(digested)
        : digested;
  }

  /** What the key says, after all the content was given. */
  KeyMatch end() throws SyntaxFault {
    try {
      return signature.verify() ? KeyMatch.RIGHT : match;
    } catch (PGPException | RuntimeException e) {
      throw new SyntaxFault("the signature can not be checked: " + e.getMessage());
    }
  }

  /** Whether the two octets of the digest that a signature carries in the clear were right. */
  boolean isPrefixRight() {
    return prefixRight;
  }

  @Override
  public PGPContentVerifierBuilder get(int keyAlgorithm, int hashAlgorithm) {
    return this;
  }

  @Override
  public PGPContentVerifier build(PGPPublicKey publicKey) {
    return this;
  }

  @Override
  public OutputStream getOutputStream() {
    return new DigestStream(digest);
  }

  @Override
  public int getHashAlgorithm() {
    return signature.getHashAlgorithm();
  }

  @Override
  public int getKeyAlgorithm() {
    return signature.getKeyAlgorithm();
  }

  @Override
  public long getKeyID() {
    return key.key().getKeyID();
  }

  @Override
  public boolean verify(byte[] expected) {
    byte[] value = digest.digest();
    byte[] prefix = signature.getDigestPrefix();
    prefixRight = prefix != null && Arrays.equals(prefix, Arrays.copyOf(value, prefix.length));
    match = raw.match(name, value, expected);
    return match == KeyMatch.RIGHT;
  }
}
