package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.cms.SignerInfo;

/** The verdicts on CMS in mail: detached and opaque signatures, sealed and compressed content. */
final class SmimeSignatures {
  /** Signers of one CMS object that are checked. */
  private static final int SIGNERS = 20;

  private final GivenCertificates given;
  private final Instant now;
  private final Allowance allowance;

  SmimeSignatures(GivenCertificates given, Instant now, Allowance allowance) {
    this.given = given;
    this.now = now;
    this.allowance = allowance;
  }

  /** The verdicts on a multipart/signed, whose second part is the signature (RFC 8551, 3.5.3). */
  List<Verdict> detached(MessagePart whole, MimeEntity content, MimeEntity signature)
      throws IOException {
    MessagePart part =
        MessagePart.read(whole.source(), signature.from(), signature.to(), signature.place());
    try (MessageBuffer spool = new MessageBuffer(allowance);
        MessageBuffer enclosed = new MessageBuffer(allowance)) {
      CmsDecoder.decode(part, signature.type(), spool);
      CmsObject object = CmsReader.read(stream(spool), enclosed);
      if (!(object instanceof CmsObject.Signed signed)) {
        return List.of(draft(whole).failed("the second part is no signature"));
      }
      if (signed.signers().isEmpty()) {
        return List.of(draft(whole).failed("the second part has no signer"));
      }
      SignedContent covered =
          new SignedContent(whole.source(), content.from(), content.to(), allowance);
      return LineEndChoice.choose(
          covered::beginsWithBareLineFeed,
          covered::hasBareLineFeed,
          ends -> signers(signed, covered, ends, whole));
    } catch (SyntaxFault e) {
      return List.of(draft(whole).failed(String.valueOf(e.getMessage())));
    } catch (LimitException e) {
      return List.of(draft(whole).end(Outcome.UNCHECKED, String.valueOf(e.getMessage())));
    }
  }

  /**
   * The verdicts on an application/pkcs7-mime, and what it encloses.
   *
   * @param inner takes the enclosed entity
   */
  List<Verdict> opaque(MessagePart part, ContentType type, MessageBuffer inner) throws IOException {
    try (MessageBuffer spool = new MessageBuffer(allowance)) {
      CmsDecoder.decode(part, type, spool);
      CmsObject object = CmsReader.read(stream(spool), inner);
      if (object instanceof CmsObject.Sealed encrypted) {
        return List.of(sealed(part, encrypted));
      }
      return object instanceof CmsObject.Signed signed ? opaque(part, signed, inner) : List.of();
    } catch (SyntaxFault e) {
      return List.of(draft(part).failed(String.valueOf(e.getMessage())));
    } catch (LimitException e) {
      return List.of(draft(part).end(Outcome.UNCHECKED, String.valueOf(e.getMessage())));
    }
  }

  private Verdict sealed(MessagePart part, CmsObject.Sealed encrypted) {
    return draft(part)
        .algorithm(encrypted.how())
        .end(Outcome.SEALED, "the content is " + encrypted.how() + " and was not opened");
  }

  private List<Verdict> opaque(MessagePart part, CmsObject.Signed signed, MessageBuffer inner)
      throws IOException {
    if (!signed.enclosing() && !signed.signers().isEmpty()) {
      return List.of(draft(part).failed("there is a signature, but not what it was made over"));
    }
    SignedContent covered = new SignedContent(inner, 0, inner.length(), allowance);
    return signers(signed, covered, LineEnds.AS_KEPT, part);
  }

  private List<Verdict> signers(
      CmsObject.Signed signed, SignedContent content, LineEnds ends, MessagePart part)
      throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    List<SignerInfo> signers = signed.signers();
    for (SignerInfo signer : signers.subList(0, Math.min(signers.size(), SIGNERS))) {
      verdicts.add(new CmsSigner(signer, signed).check(content, ends, given, now, draft(part)));
    }
    if (signers.size() > SIGNERS) {
      String more = (signers.size() - SIGNERS) + " more signers were not checked";
      verdicts.add(draft(part).end(Outcome.UNCHECKED, more));
    }
    return verdicts;
  }

  private static SourceStream stream(MessageBuffer spool) {
    return new SourceStream(spool, 0, spool.length());
  }

  private static VerdictDraft draft(MessagePart part) {
    return new VerdictDraft(SignatureKind.SMIME, part.place());
  }
}
