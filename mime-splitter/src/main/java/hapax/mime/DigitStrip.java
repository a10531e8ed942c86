package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/**
 * Alphabet characters of one stretch with the gaps taken out, on their way to be decoded. Putting
 * bytes in does not check them; {@link #drain} does, so whole rows can be copied unseen.
 */
final class DigitStrip {
  /** Characters that fit. */
  static final int CAPACITY = 32 << 10;

  private static final Base64.Decoder DECODER = Base64.getDecoder();

  /** The decoder takes whole arrays only, so there is one of each of these sizes. */
  private static final int[] PIECES = {8192, 512, 64};

  final byte[] digits = new byte[CAPACITY];
  int filled;

  private final byte[] decoded = new byte[CAPACITY / 4 * 3];
  private final byte[][] pieces = new byte[PIECES.length][];
  private final byte[] decodedPiece = new byte[PIECES[0] / 4 * 3];
  private OutputStream content = OutputStream.nullOutputStream();
  private long contentLength;

  DigitStrip() {
    for (int i = 0; i < PIECES.length; i++) {
      pieces[i] = new byte[PIECES[i]];
    }
  }

  void open(OutputStream sink) {
    content = sink;
    contentLength = 0;
    filled = 0;
  }

  void close() {
    content = OutputStream.nullOutputStream();
  }

  /** Bytes of content so far. */
  long contentLength() {
    return contentLength;
  }

  /**
   * Decodes all whole quanta and hands them on; up to three characters stay. If any byte is not in
   * the alphabet nothing happens.
   *
   * @return whether all bytes were in the alphabet
   */
  boolean drain() throws IOException {
    int whole = filled & ~3;
    int done = 0;
    for (byte[] piece : pieces) {
      while (whole - done >= piece.length) {
        if (!decode(piece, done)) {
          return false;
        }
        done += piece.length;
      }
    }
    if (!decodeSlowly(done, whole) || !areDigits(whole, filled)) {
      return false;
    }
    hand(whole / 4 * 3);
    System.arraycopy(digits, whole, digits, 0, filled - whole);
    filled -= whole;
    return true;
  }

  private boolean decode(byte[] piece, int from) {
    System.arraycopy(digits, from, piece, 0, piece.length);
    try {
      int length = DECODER.decode(piece, decodedPiece);
      System.arraycopy(decodedPiece, 0, decoded, from / 4 * 3, length);
      // The decoder takes '=' at the very end of a piece for padding and gives less.
      return length == piece.length / 4 * 3;
    } catch (IllegalArgumentException notInAlphabet) {
      // The caller goes over these bytes again, one by one.
      return false;
    }
  }

  private boolean decodeSlowly(int from, int to) {
    for (int i = from, k = from / 4 * 3; i < to; i += 4, k += 3) {
      int quantum =
          Base64Alphabet.value(digits[i]) << 18
              | Base64Alphabet.value(digits[i + 1]) << 12
              | Base64Alphabet.value(digits[i + 2]) << 6
              | Base64Alphabet.value(digits[i + 3]);
      if (quantum < 0) {
        return false;
      }
      decoded[k] = (byte) (quantum >> 16);
      decoded[k + 1] = (byte) (quantum >> 8);
      decoded[k + 2] = (byte) quantum;
    }
    return true;
  }

  private boolean areDigits(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Base64Alphabet.contains(digits[i])) {
        return false;
      }
    }
    return true;
  }

  private void hand(int length) throws IOException {
    if (length > 0) {
      content.write(decoded, 0, length);
      contentLength += length;
    }
  }

  /**
   * Ends the stretch: decodes all, up to two bytes out of an incomplete quantum among them. All
   * characters must be known to be in the alphabet.
   *
   * @return the bits that are left over, or -1 if the last quantum was complete
   */
  int end() throws IOException {
    drain();
    int rest = filled;
    filled = 0;
    int a = rest > 0 ? Base64Alphabet.value(digits[0]) : 0;
    int b = rest > 1 ? Base64Alphabet.value(digits[1]) : 0;
    int c = rest > 2 ? Base64Alphabet.value(digits[2]) : 0;
    int quantum = a << 18 | b << 12 | c << 6;
    decoded[0] = (byte) (quantum >> 16);
    decoded[1] = (byte) (quantum >> 8);
    hand(Math.max(0, rest - 1));
    return switch (rest) {
      case 0 -> -1;
      case 1 -> a;
      case 2 -> b & 15;
      default -> c & 3;
    };
  }
}
