package hapax.reconstruct;

import hapax.mime.Unshared;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a record's catalog row says of its message for statistics: the bytes that no blob holds, by
 * reason. Pairs of (reason number, bytes), each a base-128 number, low digits first; reasons
 * unknown to the reader are passed over.
 */
final class Summary {
  private Summary() {}

  static byte[] encode(Map<Unshared, Long> unshared) {
    ByteBuffer out = ByteBuffer.allocate(Unshared.values().length * 11);
    unshared.forEach(
        (reason, bytes) -> {
          if (bytes > 0) {
            put(out, reason.code());
            put(out, bytes);
          }
        });
    byte[] encoded = new byte[out.position()];
    out.flip().get(encoded);
    return encoded;
  }

  static Map<Unshared, Long> decode(byte[] summary) {
    Map<Unshared, Long> unshared = new EnumMap<>(Unshared.class);
    ByteBuffer in = ByteBuffer.wrap(summary);
    while (in.hasRemaining()) {
      long code = get(in);
      long bytes = get(in);
      for (Unshared reason : Unshared.values()) {
        if (reason.code() == code) {
          unshared.merge(reason, bytes, Long::sum);
        }
      }
    }
    return unshared;
  }

  private static void put(ByteBuffer out, long value) {
    long rest = value;
    for (; rest >= 0x80; rest >>>= 7) {
      out.put((byte) (rest | 0x80));
    }
    out.put((byte) rest);
  }

  private static long get(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64 && in.hasRemaining(); shift += 7) {
      byte b = in.get();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        break;
      }
    }
    return value;
  }
}
