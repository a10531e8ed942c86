package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The verdicts on OpenPGP in mail: multipart/signed, multipart/encrypted, armor in texts. */
final class PgpSignatures {
  /** Bytes of a part that only holds signatures. */
  private static final long LARGEST_SIGNATURE_PART = 1 << 20;

  /** Texts with armor are held in memory. */
  private static final long LARGEST_TEXT = 16 << 20;

  /** Signatures over one content that are checked. */
  private static final int SIGNATURES = 20;

  private final PgpSignatureCheck check;
  private final Allowance allowance;

  PgpSignatures(PgpKeys keys, CarriedPgpKeys carried, Allowance allowance) {
    this.check = new PgpSignatureCheck(keys, carried);
    this.allowance = allowance;
  }

  /**
   * The verdicts on a multipart/signed, whose second part is the signature (RFC 3156 section 5).
   */
  List<Verdict> detached(MessagePart whole, MimeEntity content, MimeEntity signature)
      throws IOException {
    MessagePart part =
        MessagePart.read(whole.source(), signature.from(), signature.to(), signature.place());
    try {
      List<PgpPacket> packets = signatures(small(part, signature.type()));
      SignedContent covered =
          new SignedContent(whole.source(), content.from(), content.to(), allowance);
      boolean overText = packets.stream().anyMatch(PgpPacket::isOverText);
      return LineEndChoice.choose(
          () -> !overText && covered.beginsWithBareLineFeed(),
          covered::hasBareLineFeed,
          ends -> verdicts(packets, covered, ends, SignatureKind.PGP_MIME, whole.place()));
    } catch (SyntaxFault e) {
      return List.of(draft(whole).failed(String.valueOf(e.getMessage())));
    } catch (LimitException e) {
      return List.of(draft(whole).end(Outcome.UNCHECKED, String.valueOf(e.getMessage())));
    }
  }

  /** The verdict on a multipart/encrypted (RFC 3156 section 4). */
  List<Verdict> sealed(String place) {
    return List.of(
        new VerdictDraft(SignatureKind.PGP_MIME, place)
            .end(Outcome.SEALED, "the content is encrypted and was not opened"));
  }

  /** The verdicts on the armor in a text. */
  List<Verdict> inline(MessagePart part, ContentType type) throws IOException {
    if (part.to() - part.from() > LARGEST_TEXT) {
      return List.of(
          new VerdictDraft(SignatureKind.PGP_INLINE, part.place())
              .end(Outcome.UNCHECKED, "the text has more than " + LARGEST_TEXT + " bytes"));
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    TransferDecoder.decode(part, type, text);
    return new PgpInline(check, allowance, part.place()).inspect(text.toByteArray());
  }

  private static List<PgpPacket> signatures(byte[] part) throws SyntaxFault {
    List<PgpPacket> packets =
        PgpPackets.parse(PgpArmor.decode(part)).stream()
            .filter(p -> p.kind() == PgpPackets.SIGNATURE)
            .toList();
    if (packets.isEmpty()) {
      throw new SyntaxFault("the second part holds no signature");
    }
    return packets;
  }

  private static byte[] small(MessagePart part, ContentType type) throws IOException {
    if (part.to() - part.from() > LARGEST_SIGNATURE_PART) {
      throw new LimitException("the signature has more than " + LARGEST_SIGNATURE_PART + " bytes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransferDecoder.decode(part, type, out);
    return out.toByteArray();
  }

  private List<Verdict> verdicts(
      List<PgpPacket> packets,
      SignedContent content,
      LineEnds ends,
      SignatureKind kind,
      String place)
      throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    for (PgpPacket packet : packets.subList(0, Math.min(packets.size(), SIGNATURES))) {
      allowance.takeSignatures(1);
      verdicts.add(check.check(packet, content, ends, new VerdictDraft(kind, place)));
    }
    if (packets.size() > SIGNATURES) {
      String more = (packets.size() - SIGNATURES) + " more signatures were not checked";
      verdicts.add(new VerdictDraft(kind, place).end(Outcome.UNCHECKED, more));
    }
    return verdicts;
  }

  private static VerdictDraft draft(MessagePart part) {
    return new VerdictDraft(SignatureKind.PGP_MIME, part.place());
  }
}
