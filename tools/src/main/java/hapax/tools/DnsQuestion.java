package hapax.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A question for the TXT records of a name, and the reading of its answer (RFC 1035 section 4).
 *
 * <pre>
 *  0  2  id
 *  2  2  flags: 0x0100 asks for recursion; answers have 0x8000, 0x0200 if cut, and a code 0 to 15
 *  4  2  questions, 1
 *  6  2  answers
 *  8  2  authorities
 * 10  2  additional records
 * 12     the question: labels, each with its length before it, 0, type, class
 *        the answers: name, type 2, class 2, seconds to live 4, length 2, data
 * </pre>
 */
final class DnsQuestion {
  private static final int HEADER = 12;
  private static final int RECURSION_WANTED = 0x0100;
  private static final int IS_ANSWER = 0x8000;
  private static final int IS_CUT = 0x0200;
  private static final int CODE = 0xf;
  private static final int NO_SUCH_NAME = 3;
  private static final int TXT = 16;
  private static final int INTERNET = 1;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 253;
  private static final int POINTER = 0xc0;

  private final String name;
  private final byte[] bytes;

  private DnsQuestion(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /**
   * The question for a name.
   *
   * @throws IOException if no name in DNS can be like this
   */
  static DnsQuestion texts(String name, int id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(HEADER)
            .putShort((short) id)
            .putShort((short) RECURSION_WANTED)
            .putShort((short) 1)
            .array());
    byte[] ascii = name.getBytes(StandardCharsets.ISO_8859_1);
    if (ascii.length > LONGEST_NAME) {
      throw new IOException("no name in DNS is that long: " + name);
    }
    for (String label : name.split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
      if (octets.length == 0 || octets.length > LONGEST_LABEL) {
        throw new IOException("no name in DNS is like " + name);
      }
      out.write(octets.length);
      out.writeBytes(octets);
    }
    out.writeBytes(new byte[] {0, 0, TXT, 0, INTERNET});
    return new DnsQuestion(name, out.toByteArray());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Reads an answer to this question.
   *
   * @throws IOException if it is none, or the server can not answer
   */
  DnsAnswer read(byte[] answer) throws IOException {
    try {
      checkHeader(answer);
      return records(ByteBuffer.wrap(answer));
    } catch (BufferUnderflowException | IllegalArgumentException cut) {
      throw new IOException("the DNS answer for " + name + " is damaged", cut);
    }
  }

  private DnsAnswer records(ByteBuffer in) throws IOException {
    int flags = in.getShort(2) & 0xffff;
    int code = flags & CODE;
    if (code != 0 && code != NO_SUCH_NAME) {
      throw new IOException("the DNS server answers for " + name + " with error " + code);
    }
    int answers = in.getShort(6) & 0xffff;
    in.position(bytes.length);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < answers && (flags & IS_CUT) == 0; i++) {
      record(in, texts);
    }
    return new DnsAnswer(texts, (flags & IS_CUT) != 0);
  }

  /** The answer must repeat id and question. */
  private void checkHeader(byte[] answer) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(answer);
    boolean same =
        answer.length >= bytes.length
            && in.getShort(0) == ByteBuffer.wrap(bytes).getShort(0)
            && (in.getShort(2) & IS_ANSWER) != 0
            && in.getShort(4) == 1
            && Arrays.equals(answer, HEADER, bytes.length, bytes, HEADER, bytes.length);
    if (!same) {
      throw new IOException("the DNS answer is not to the question for " + name);
    }
  }

  /** Aliases are followed by the server; their records come in the same answer. */
  private static void record(ByteBuffer in, List<String> texts) {
    skipName(in);
    int type = in.getShort() & 0xffff;
    int network = in.getShort() & 0xffff;
    in.getInt();
    int length = in.getShort() & 0xffff;
    int end = in.position() + length;
    if (type == TXT && network == INTERNET) {
      StringBuilder text = new StringBuilder();
      while (in.position() < end) {
        byte[] string = new byte[in.get() & 0xff];
        in.get(string);
        text.append(new String(string, StandardCharsets.ISO_8859_1));
      }
      texts.add(text.toString());
    }
    in.position(end);
  }

  private static void skipName(ByteBuffer in) {
    int length = in.get() & 0xff;
    while (length != 0) {
      if ((length & POINTER) == POINTER) {
        in.get();
        return;
      }
      in.position(in.position() + length);
      length = in.get() & 0xff;
    }
  }
}
