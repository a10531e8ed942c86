package hapax.reconstruct.signature;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Undoes base64: passes over everything outside the alphabet, stops at the first padding. */
final class TransferDecoder extends FilterOutputStream {
  private static final int BLOCK = 4 * 4096;
  private static final boolean[] ALPHABET = new boolean[256];

  static {
    for (char c = 0; c < 128; c++) {
      ALPHABET[c] = Ascii.isLetter(c) || Ascii.isDigit(c) || c == '+' || c == '/';
    }
  }

  private final byte[] block = new byte[BLOCK];
  private final byte[] decoded = new byte[BLOCK / 4 * 3];
  private int length;
  private boolean ended;

  TransferDecoder(OutputStream out) {
    super(out);
  }

  /** Writes a body to {@code sink} without its transfer encoding. */
  static void decode(MessagePart part, ContentType type, OutputStream sink) throws IOException {
    switch (type.encoding()) {
      case "base64" -> {
        TransferDecoder decoder = new TransferDecoder(sink);
        part.body(decoder);
        decoder.finish();
      }
      case "quoted-printable" -> part.body(new QuotedPrintable(sink));
      default -> part.body(sink);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int end = offset + count;
    int i = offset;
    while (i < end && !ended) {
      int from = i;
      int stop = Math.min(end, i + BLOCK - length);
      while (i < stop && ALPHABET[bytes[i] & 0xff]) {
        i++;
      }
      System.arraycopy(bytes, from, block, length, i - from);
      length += i - from;
      if (length == BLOCK) {
        int n = Base64.getDecoder().decode(block, decoded);
        out.write(decoded, 0, n);
        length = 0;
      } else if (i < end) {
        ended = bytes[i] == '=';
        i++;
      }
    }
  }

  /** Writes the rest. A single character left over carries no byte. */
  void finish() throws IOException {
    int whole = length % 4 == 1 ? length - 1 : length;
    out.write(Base64.getDecoder().decode(Arrays.copyOf(block, whole)));
    length = 0;
  }
}
