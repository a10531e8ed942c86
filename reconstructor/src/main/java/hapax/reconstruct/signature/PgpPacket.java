package hapax.reconstruct.signature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;

/** One OpenPGP packet: its kind, by the numbers in {@link PgpPackets}, and its body. */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record PgpPacket(int kind, byte[] body) {
  /** Signatures are short; one that is longer than all honest ones together is not looked at. */
  private static final int LONGEST_SIGNATURE = 64 << 10;

  /** In which the type of a signature comes one octet later (RFC 9580 section 5.2.2). */
  private static final int VERSION_3 = 3;

  boolean isEncryption() {
    return kind == PgpPackets.ENCRYPTED_SESSION_KEY
        || kind == PgpPackets.SYMMETRIC_SESSION_KEY
        || kind == PgpPackets.ENCRYPTED
        || kind == PgpPackets.ENCRYPTED_INTEGRITY
        || kind == PgpPackets.ENCRYPTED_AEAD;
  }

  /** Whether it is a signature over a text, whose line ends are CRLF however they are kept. */
  boolean isOverText() {
    int type = body.length > 0 && body[0] == VERSION_3 ? 2 : 1;
    return body.length > type && body[type] == PGPSignature.CANONICAL_TEXT_DOCUMENT;
  }

  /** The content of a literal packet (RFC 9580 section 5.9), without format, name and date. */
  byte[] literal() throws SyntaxFault {
    int start = body.length < 2 ? 6 : 2 + (body[1] & 0xff) + 4;
    if (start > body.length) {
      throw new SyntaxFault("a literal packet ends too early");
    }
    return Arrays.copyOfRange(body, start, body.length);
  }

  /** The signature in this packet. */
  PGPSignature signature() throws SyntaxFault {
    if (body.length > LONGEST_SIGNATURE) {
      throw new SyntaxFault("a signature packet of " + body.length + " bytes");
    }
    try {
      return new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(framed())));
    } catch (IOException | PGPException | RuntimeException e) {
      throw new SyntaxFault("the signature packet is damaged: " + e.getMessage());
    }
  }

  /** The packet again, with a length of five octets. */
  private byte[] framed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 6);
    out.write(0xc0 | kind);
    out.write(0xff);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(body.length >> shift);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }
}
