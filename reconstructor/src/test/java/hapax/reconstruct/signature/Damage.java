package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Damages messages at random: bytes changed, cut out, doubled, moved, lengths that lie. */
final class Damage {
  /** In base64: lengths of four bytes that are too great, of no end, of five bytes and more. */
  private static final List<byte[]> LENGTHS =
      List.of(Messages.bytes("hH//"), Messages.bytes("gICA"), Messages.bytes("////"));

  /** What ends and begins things. */
  private static final List<byte[]> WORDS =
      List.of(
          Messages.bytes("\n"),
          Messages.bytes("\r"),
          Messages.bytes("\n\n"),
          Messages.bytes("--"),
          Messages.bytes(";"),
          Messages.bytes("="),
          Messages.bytes("\""),
          Messages.bytes("l=99999999999999999999;"),
          Messages.bytes("\0"));

  private final Random random;

  Damage(Random random) {
    this.random = random;
  }

  /** The message with one to four damages. */
  byte[] to(byte[] message) {
    byte[] damaged = message;
    for (int n = 1 + random.nextInt(4); n > 0 && damaged.length > 0; n--) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] message) {
    int at = random.nextInt(message.length);
    int to = at + random.nextInt(Math.min(message.length - at, 1 + random.nextInt(2_000)) + 1);
    return switch (random.nextInt(7)) {
      case 0 -> put(message, at, new byte[] {(byte) random.nextInt()});
      case 1 -> put(message, at, pick(LENGTHS));
      case 2 -> join(message, 0, at, at, at);
      case 3 -> join(message, 0, at, to, message.length);
      case 4 -> join(message, 0, to, at, message.length);
      case 5 -> insert(message, at, pick(WORDS));
      default -> insert(message, at, join(message, to, message.length, 0, at / 2));
    };
  }

  private byte[] pick(List<byte[]> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] put(byte[] message, int at, byte[] bytes) {
    byte[] changed = message.clone();
    System.arraycopy(bytes, 0, changed, at, Math.min(bytes.length, changed.length - at));
    return changed;
  }

  private static byte[] insert(byte[] message, int at, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(message, 0, at);
    out.writeBytes(bytes);
    out.write(message, at, message.length - at);
    return out.toByteArray();
  }

  private static byte[] join(byte[] message, int from, int to, int again, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(message, from, to - from);
    out.write(message, again, end - again);
    return out.toByteArray();
  }
}
