package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** The verdicts on OpenPGP armor within one text: signed in the clear, signed, encrypted. */
final class PgpInline {
  /** Compressed packets within each other that are opened; nobody makes more than one. */
  private static final int COMPRESSED = 4;

  private static final Pattern LINE_END = Pattern.compile("\r?\n");

  private final PgpSignatureCheck check;
  private final Allowance allowance;
  private final String place;
  private final List<Verdict> verdicts = new ArrayList<>();

  PgpInline(PgpSignatureCheck check, Allowance allowance, String place) {
    this.check = check;
    this.allowance = allowance;
    this.place = place;
  }

  /** The verdicts on all armor in {@code text}, or up to where a limit is reached. */
  List<Verdict> inspect(byte[] text) throws IOException {
    Iterator<String> lines = lines(text);
    try {
      while (lines.hasNext()) {
        line(lines.next().stripTrailing(), lines);
      }
    } catch (LimitException e) {
      verdicts.add(draft().end(Outcome.UNCHECKED, String.valueOf(e.getMessage())));
    }
    return verdicts;
  }

  private void line(String line, Iterator<String> lines) throws IOException {
    try {
      if (line.equals(PgpArmor.CLEAR_BEGIN)) {
        clear(lines);
      } else if (line.startsWith(PgpArmor.MESSAGE_BEGIN)) {
        message(PgpArmor.block(lines));
      }
    } catch (SyntaxFault e) {
      allowance.takeSignatures(1);
      verdicts.add(draft().failed(String.valueOf(e.getMessage())));
    }
  }

  /** Lines end in a line feed; a carriage return before it belongs to the line end. */
  private static Iterator<String> lines(byte[] text) {
    return LINE_END.splitAsStream(new String(text, StandardCharsets.ISO_8859_1)).iterator();
  }

  private VerdictDraft draft() {
    return new VerdictDraft(SignatureKind.PGP_INLINE, place);
  }

  /**
   * A text signed in the clear (RFC 9580 section 7): dashes are escaped, blanks at line ends do not
   * count, lines end in CRLF, the last line end belongs to the armor.
   */
  private void clear(Iterator<String> lines) throws SyntaxFault, IOException {
    skipHeader(lines);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    boolean first = true;
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(PgpArmor.SIGNATURE_BEGIN)) {
        verify(PgpPackets.parse(PgpArmor.block(lines)), text.toByteArray());
        return;
      }
      String plain = line.startsWith("- ") ? line.substring(2) : line;
      text.writeBytes(((first ? "" : "\r\n") + trim(plain)).getBytes(StandardCharsets.ISO_8859_1));
      first = false;
    }
    throw new SyntaxFault("a text signed in the clear has no signature");
  }

  private static void skipHeader(Iterator<String> lines) {
    while (lines.hasNext() && !lines.next().isBlank()) {
      // the digests that it names are named by the signatures too
    }
  }

  private static String trim(String line) {
    int end = line.length();
    while (end > 0 && Ascii.isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }

  private void message(byte[] bytes) throws SyntaxFault, IOException {
    List<PgpPacket> packets = PgpPackets.parse(bytes);
    for (int depth = 0; depth < COMPRESSED && isCompressed(packets); depth++) {
      packets = PgpPackets.parse(PgpInflater.inflate(packets.get(0).body(), allowance));
    }
    if (packets.stream().anyMatch(PgpPacket::isEncryption)) {
      allowance.takeSignatures(1);
      verdicts.add(draft().end(Outcome.SEALED, "the text is encrypted and was not opened"));
      return;
    }
    List<PgpPacket> texts =
        packets.stream().filter(packet -> packet.kind() == PgpPackets.LITERAL).toList();
    if (texts.size() != 1) {
      throw new SyntaxFault("the armor holds " + texts.size() + " texts, where one is in order");
    }
    verify(packets, texts.get(0).literal());
  }

  private static boolean isCompressed(List<PgpPacket> packets) {
    return packets.size() == 1 && packets.get(0).kind() == PgpPackets.COMPRESSED;
  }

  private void verify(List<PgpPacket> packets, byte[] content) throws IOException, SyntaxFault {
    SignedContent signed =
        new SignedContent(ByteSource.of(content, content.length), 0, content.length, allowance);
    boolean any = false;
    for (PgpPacket packet : packets) {
      if (packet.kind() == PgpPackets.SIGNATURE) {
        allowance.takeSignatures(1);
        verdicts.add(check.check(packet, signed, LineEnds.AS_KEPT, draft()));
        any = true;
      }
    }
    if (!any) {
      throw new SyntaxFault("the armor holds no signature");
    }
  }
}
