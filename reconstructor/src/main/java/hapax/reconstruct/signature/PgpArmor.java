package hapax.reconstruct.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** OpenPGP's ASCII armor (RFC 9580 section 6.2). The checksum, which nobody needs, is not read. */
final class PgpArmor {
  static final String CLEAR_BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
  static final String MESSAGE_BEGIN = "-----BEGIN PGP MESSAGE";
  static final String SIGNATURE_BEGIN = "-----BEGIN PGP SIGNATURE-----";
  static final String END = "-----END PGP ";

  private static final List<byte[]> TEXT_BEGINS =
      List.of(
          CLEAR_BEGIN.getBytes(StandardCharsets.US_ASCII),
          MESSAGE_BEGIN.getBytes(StandardCharsets.US_ASCII));

  private PgpArmor() {}

  /** Whether the line begins a signed or encrypted text. */
  static boolean isBegin(byte[] line, int length) {
    for (byte[] begin : TEXT_BEGINS) {
      int n = begin.length;
      if (length >= n && Arrays.equals(line, 0, n, begin, 0, n)) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of a part that is armored, or of one that is not as it stands. */
  static byte[] decode(byte[] part) throws SyntaxFault {
    Iterator<String> lines = new String(part, StandardCharsets.ISO_8859_1).lines().iterator();
    while (lines.hasNext()) {
      if (lines.next().startsWith("-----BEGIN PGP ")) {
        return block(lines);
      }
    }
    return part;
  }

  /** The bytes of the block whose first line was just read, up to its last line. */
  static byte[] block(Iterator<String> lines) throws SyntaxFault {
    boolean inHeader = true;
    StringBuilder base64 = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next().strip();
      if (line.startsWith(END)) {
        break;
      }
      inHeader = inHeader && !line.isEmpty() && line.contains(": ");
      if (!inHeader && !line.startsWith("=")) {
        base64.append(line);
      }
    }
    try {
      return Base64.getDecoder().decode(base64.toString());
    } catch (IllegalArgumentException e) {
      throw new SyntaxFault("the armor is damaged: " + e.getMessage());
    }
  }
}
