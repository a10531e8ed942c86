package hapax.reconstruct.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The lines that OpenPGP armor begins and ends with (RFC 9580 section 6.2). */
final class PgpArmor {
  private static final List<byte[]> BEGINS =
      List.of(
          "-----BEGIN PGP SIGNED MESSAGE-----".getBytes(StandardCharsets.US_ASCII),
          "-----BEGIN PGP MESSAGE".getBytes(StandardCharsets.US_ASCII));

  private PgpArmor() {}

  /** Whether the line begins a signed or encrypted text. */
  static boolean isBegin(byte[] line, int length) {
    return BEGINS.stream()
        .anyMatch(b -> length >= b.length && Arrays.equals(line, 0, b.length, b, 0, b.length));
  }
}
