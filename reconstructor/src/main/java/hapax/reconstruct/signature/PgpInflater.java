package hapax.reconstruct.signature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.bouncycastle.apache.bzip2.CBZip2InputStream;

/** Undoes an OpenPGP compressed data packet (RFC 9580 section 5.6), within limits. */
final class PgpInflater {
  /** It is held in memory. */
  private static final int LARGEST = 16 << 20;

  private PgpInflater() {}

  static byte[] inflate(byte[] body, Allowance allowance) throws SyntaxFault, LimitException {
    if (body.length == 0) {
      throw new SyntaxFault("a compressed packet is empty");
    }
    InputStream packed = new ByteArrayInputStream(body, 1, body.length - 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = open(body[0], packed)) {
      byte[] chunk = new byte[16 << 10];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        allowance.takeDecoded(n);
        if (out.size() + n > LARGEST) {
          throw new LimitException("a compressed packet holds more than " + LARGEST + " bytes");
        }
        out.write(chunk, 0, n);
      }
    } catch (LimitException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SyntaxFault("a compressed packet is damaged: " + e.getMessage());
    }
    return out.toByteArray();
  }

  private static InputStream open(int algorithm, InputStream packed)
      throws IOException, SyntaxFault {
    return switch (algorithm) {
      case 0 -> packed;
      case 1 -> new InflaterInputStream(packed, new Inflater(true));
      case 2 -> new InflaterInputStream(packed);
      case 3 -> new CBZip2InputStream(packed);
      default -> throw new SyntaxFault("an unknown compression, " + algorithm);
    };
  }
}
