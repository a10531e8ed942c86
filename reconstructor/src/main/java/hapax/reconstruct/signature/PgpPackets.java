package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts bytes into OpenPGP packets (RFC 9580 section 4.2). No length is believed that goes beyond
 * the bytes that are there.
 */
final class PgpPackets {
  static final int ENCRYPTED_SESSION_KEY = 1;
  static final int SIGNATURE = 2;
  static final int SYMMETRIC_SESSION_KEY = 3;
  static final int ONE_PASS = 4;
  static final int COMPRESSED = 8;
  static final int ENCRYPTED = 9;
  static final int LITERAL = 11;

  /** To be ignored wherever it stands (RFC 9580 section 5.8). */
  private static final int MARKER = 10;

  /** Likewise (RFC 9580 section 5.14). */
  private static final int PADDING = 21;

  static final int ENCRYPTED_INTEGRITY = 18;
  static final int ENCRYPTED_AEAD = 20;

  /** Packets that are read; honest messages have a handful. */
  private static final int MOST = 1_000;

  private static final int PACKET_BIT = 0x80;
  private static final int NEW_FORMAT_BIT = 0x40;

  private final byte[] bytes;
  private int at;

  private PgpPackets(byte[] bytes) {
    this.bytes = bytes;
  }

  static List<PgpPacket> parse(byte[] bytes) throws SyntaxFault {
    PgpPackets packets = new PgpPackets(bytes);
    List<PgpPacket> list = new ArrayList<>();
    while (packets.at < bytes.length) {
      if (list.size() == MOST) {
        throw new SyntaxFault("more than " + MOST + " OpenPGP packets");
      }
      list.add(packets.next());
    }
    list.removeIf(packet -> packet.kind() == MARKER || packet.kind() == PADDING);
    return list;
  }

  private PgpPacket next() throws SyntaxFault {
    int start = at;
    int header = octet();
    if ((header & PACKET_BIT) == 0) {
      throw new SyntaxFault("no OpenPGP packet at offset " + start);
    }
    return (header & NEW_FORMAT_BIT) == 0
        ? new PgpPacket(header >> 2 & 0xf, take(oldLength(header & 3)))
        : new PgpPacket(header & 0x3f, newBody());
  }

  private long oldLength(int lengthType) throws SyntaxFault {
    return switch (lengthType) {
      case 0 -> octet();
      case 1 -> number(2);
      case 2 -> number(4);
      default -> bytes.length - at;
    };
  }

  /** A body in one piece, or in parts of which the last says so. */
  private byte[] newBody() throws SyntaxFault {
    int first = octet();
    if (!isPartial(first)) {
      return take(newLength(first));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (isPartial(first)) {
      body.writeBytes(take(1L << (first & 0x1f)));
      first = octet();
    }
    body.writeBytes(take(newLength(first)));
    return body.toByteArray();
  }

  private static boolean isPartial(int first) {
    return first >= 224 && first < 255;
  }

  private long newLength(int first) throws SyntaxFault {
    if (first < 192) {
      return first;
    }
    return first < 224 ? ((first - 192) << 8) + octet() + 192 : number(4);
  }

  private int octet() throws SyntaxFault {
    if (at == bytes.length) {
      throw new SyntaxFault("an OpenPGP packet ends too early, at offset " + at);
    }
    return bytes[at++] & 0xff;
  }

  private long number(int octets) throws SyntaxFault {
    long value = 0;
    for (int i = 0; i < octets; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  private byte[] take(long length) throws SyntaxFault {
    if (length > bytes.length - at) {
      throw new SyntaxFault(
          "an OpenPGP packet at offset "
              + at
              + " says "
              + length
              + " bytes, there are "
              + (bytes.length - at));
    }
    byte[] body = Arrays.copyOfRange(bytes, at, at + (int) length);
    at += (int) length;
    return body;
  }
}
