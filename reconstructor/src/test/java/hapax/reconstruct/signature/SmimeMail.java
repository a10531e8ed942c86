package hapax.reconstruct.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** S/MIME messages around CMS objects. */
final class SmimeMail {
  static final String TEXT =
      "Content-Type: text/plain; charset=utf-8\r\n\r\nLine one\r\n\r\nLine two \t\r\nend";

  private SmimeMail() {}

  private static String base64(byte[] cms) {
    return Base64.getMimeEncoder().encodeToString(cms) + "\r\n";
  }

  /** A multipart/signed entity over the entity {@code content}. */
  static String detached(TestSigner signer, String content) {
    return detached(content, signer.sign(content.getBytes(StandardCharsets.ISO_8859_1), false));
  }

  /** A multipart/signed entity over {@code content} with that signature. */
  static String detached(String content, byte[] cms) {
    return """
        Content-Type: multipart/signed; micalg=sha-256;
         protocol="application/pkcs7-signature"; boundary="b=_%1$d"

        preamble
        --b=_%1$d
        %2$s
        --b=_%1$d
        Content-Type: application/pkcs7-signature; name=smime.p7s
        Content-Transfer-Encoding: base64

        %3$s--b=_%1$d--
        """
        .replace("\n", "\r\n")
        .formatted(content.length(), content, base64(cms));
  }

  static String opaque(String type, byte[] cms) {
    return "Content-Type: application/pkcs7-mime; smime-type="
        + type
        + "; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64(cms);
  }

  /** An application/pkcs7-mime entity that encloses the entity {@code content}. */
  static String opaque(TestSigner signer, String content) {
    return opaque("signed-data", signer.sign(content.getBytes(StandardCharsets.ISO_8859_1), true));
  }

  static byte[] message(String entity) {
    return ("From: ann@example.org\r\nMIME-Version: 1.0\r\n" + entity)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
