package hapax.reconstruct;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Messages made for tests, from a seed. */
final class SampleMail {
  private final Random random;

  SampleMail(long seed) {
    random = new Random(seed);
  }

  byte[] payload(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * A multipart message that carries {@code payload} in lines of {@code width} and the given line
   * end.
   */
  byte[] withAttachment(byte[] payload, int width, String lineEnd, String subject) {
    String head =
        String.join(
            lineEnd,
            "From: jane@example.org",
            "To: list@example.org",
            "Subject: " + subject,
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=\"=_b1\"",
            "",
            "--=_b1",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "See the file. " + subject,
            "--=_b1",
            "Content-Type: application/pdf; name=\"report.pdf\"",
            "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"report.pdf\"",
            "",
            "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(
        Base64.getMimeEncoder(width, lineEnd.getBytes(StandardCharsets.US_ASCII)).encode(payload));
    out.writeBytes((lineEnd + "--=_b1--" + lineEnd).getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** Byte sequences that are no mail, or hardly. */
  List<byte[]> oddities() {
    List<byte[]> odd = new ArrayList<>();
    odd.add(new byte[0]);
    odd.add(new byte[] {0});
    odd.add(new byte[] {'\n'});
    odd.add("Subject: no body".getBytes(StandardCharsets.US_ASCII));
    odd.add("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    odd.add(payload(100_000));
    odd.add("x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
    odd.add(("Subject: " + "x".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII));
    odd.add(
        ("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n".repeat(5_000) + "--b--\n")
            .getBytes(StandardCharsets.US_ASCII));
    odd.add(
        ("Content-Transfer-Encoding: base64\n\n" + "QUJD=RUZH\n".repeat(1_000))
            .getBytes(StandardCharsets.US_ASCII));
    return odd;
  }

  /** {@code message} with a few of its bytes changed, cut out or doubled. */
  byte[] mutate(byte[] message) {
    byte[] mutant = message.clone();
    for (int i = 0; i < 1 + random.nextInt(8) && mutant.length > 1; i++) {
      int at = random.nextInt(mutant.length);
      if (random.nextInt(3) == 0) {
        int length = Math.min(random.nextInt(200), mutant.length - at);
        byte[] cut = new byte[mutant.length - length];
        System.arraycopy(mutant, 0, cut, 0, at);
        System.arraycopy(mutant, at + length, cut, at, mutant.length - at - length);
        mutant = cut;
      } else {
        mutant[at] = (byte) random.nextInt(256);
      }
    }
    return mutant;
  }
}
