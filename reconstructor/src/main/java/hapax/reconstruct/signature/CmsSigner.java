package hapax.reconstruct.signature;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.X509CertificateHolder;

/** One signer of CMS signed data, and the check of its signature (RFC 5652 section 5.6). */
final class CmsSigner {
  private final SignerInfo info;
  private final CmsObject.Signed signed;
  private final CmsAttributes attributes;

  CmsSigner(SignerInfo info, CmsObject.Signed signed) {
    this.info = info;
    this.signed = signed;
    this.attributes = new CmsAttributes(info);
  }

  /** The verdict, over the content with these line ends; {@code draft} is empty. */
  Verdict check(
      SignedContent content,
      LineEnds ends,
      GivenCertificates given,
      Instant now,
      VerdictDraft draft)
      throws IOException {
    draft.lineEnds(ends);
    try {
      content.allowance().takeSignatures(1);
      Optional<X509CertificateHolder> certificate = certificate(given, draft);
      CmsAlgorithm algorithm = CmsAlgorithm.of(info);
      draft.atMost(algorithm.isWeak() ? Strength.WEAK : Strength.FULL);
      draft.algorithm(algorithm.words());
      body(content, ends, algorithm, draft);
      if (certificate.isPresent()) {
        key(certificate.get(), given, algorithm, content, ends, draft);
        trust(certificate.get(), given, now, draft);
      }
      return draft.judge();
    } catch (SyntaxFault e) {
      return draft.failed("the signature can not be read: " + e.getMessage());
    } catch (LimitException e) {
      return draft.end(Outcome.UNCHECKED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return draft.failed("the signature is damaged: " + e.getMessage());
    }
  }

  private Optional<X509CertificateHolder> certificate(GivenCertificates given, VerdictDraft draft) {
    CmsSignerName name = new CmsSignerName(info.getSID());
    Optional<X509CertificateHolder> carried = name.find(signed.certificates());
    Optional<X509CertificateHolder> found = carried.or(() -> name.find(given.all()));
    draft.signer(found.map(c -> c.getSubject().toString()).orElse(name.words()));
    if (found.isEmpty()) {
      draft.no(Aspect.KEY, "the signer's certificate is neither in the message nor given");
      draft.cannotTell(Aspect.SIGNATURE, "no key was used");
    } else {
      draft.yes(Aspect.KEY, carried.isPresent() ? "found in the message" : "found as given");
    }
    return found;
  }

  /** Without attributes the signature itself covers the content, and only the key can tell. */
  private void body(
      SignedContent content, LineEnds ends, CmsAlgorithm algorithm, VerdictDraft draft)
      throws IOException, SyntaxFault {
    draft.signedAt(attributes.signingTime().orElse(null));
    if (!attributes.arePresent()) {
      draft.cannotTell(Aspect.BODY_DIGEST, "the signature covers the content itself");
    } else if (MessageDigest.isEqual(
        attributes.messageDigest(), content.digest(algorithm.content(), ends))) {
      draft.yes(Aspect.BODY_DIGEST, "the content is as it was signed");
    } else {
      draft.no(Aspect.BODY_DIGEST, "the content was changed after signing");
    }
  }

  private void key(
      X509CertificateHolder certificate,
      GivenCertificates given,
      CmsAlgorithm algorithm,
      SignedContent content,
      LineEnds ends,
      VerdictDraft draft)
      throws IOException, SyntaxFault {
    draft.key(Pem.certificate(certificate));
    Optional<SubjectPublicKeyInfo> whole = wholeKey(certificate, given, draft);
    if (whole.isPresent()) {
      signature(RawKeys.of(whole.get()), algorithm, content, ends, draft);
    }
  }

  /** The key with its parameters; if these are another's, that certificate is kept as well. */
  private static Optional<SubjectPublicKeyInfo> wholeKey(
      X509CertificateHolder certificate, GivenCertificates given, VerdictDraft draft)
      throws IOException {
    if (!InheritedParameters.areWantedBy(certificate)) {
      return Optional.of(certificate.getSubjectPublicKeyInfo());
    }
    Optional<X509CertificateHolder> lender = InheritedParameters.lender(certificate, given);
    if (lender.isEmpty()) {
      String owner = certificate.getIssuer() + ", whose certificate was not given";
      draft.no(Aspect.KEY, "the certificate leaves its DSA parameters to " + owner);
      draft.cannotTell(Aspect.SIGNATURE, "no key was used");
      return Optional.empty();
    }
    draft.key(Pem.certificate(lender.get()));
    return Optional.of(InheritedParameters.key(certificate, lender.get()));
  }

  private void signature(
      RawKey key, CmsAlgorithm algorithm, SignedContent content, LineEnds ends, VerdictDraft draft)
      throws IOException, SyntaxFault {
    draft.algorithm(algorithm.words(key));
    draft.atMost(key.isShort() ? Strength.WEAK : Strength.FULL);
    byte[] signature = info.getEncryptedDigest().getOctets();
    if (attributes.arePresent()) {
      attributes(key, algorithm, signature, draft);
    } else {
      byte[] value =
          key.signsMessage() ? content.whole(ends) : content.digest(algorithm.signed(), ends);
      content(algorithm.match(key, value, signature), draft);
    }
  }

  private void attributes(RawKey key, CmsAlgorithm algorithm, byte[] signature, VerdictDraft draft)
      throws IOException, SyntaxFault {
    KeyMatch match = match(key, algorithm, signature, ASN1Encoding.DER);
    if (match != KeyMatch.RIGHT) {
      match = attributes.isOrdered() ? match : asTheyCame(match, key, algorithm, signature);
    }
    if (match == KeyMatch.RIGHT && !attributes.contentType().equals(signed.contentType())) {
      draft.no(Aspect.HEADER_DIGEST, "the signed attributes are of another kind of content");
    } else if (match == KeyMatch.RIGHT) {
      draft.yes(Aspect.HEADER_DIGEST, "the signed attributes are as they were signed");
    } else if (match == KeyMatch.OTHER_DIGEST) {
      draft.no(Aspect.HEADER_DIGEST, "the signed attributes were changed after signing");
    } else {
      draft.cannotTell(Aspect.HEADER_DIGEST, "the signature does not show what it was made over");
    }
    signature(match, "these attributes", draft);
  }

  /** Some sign the attributes in the order in which they send them, which is not that of DER. */
  private KeyMatch asTheyCame(
      KeyMatch inOrder, RawKey key, CmsAlgorithm algorithm, byte[] signature)
      throws IOException, SyntaxFault {
    KeyMatch match = match(key, algorithm, signature, ASN1Encoding.DL);
    return match == KeyMatch.RIGHT ? match : inOrder;
  }

  /** RFC 5652 section 5.4: signed is the DER form of the attributes, whatever was sent. */
  private KeyMatch match(RawKey key, CmsAlgorithm algorithm, byte[] signature, String encoding)
      throws IOException, SyntaxFault {
    byte[] encoded = attributes.encoded(encoding);
    byte[] value = key.signsMessage() ? encoded : algorithm.signed().start().digest(encoded);
    return algorithm.match(key, value, signature);
  }

  private static void content(KeyMatch match, VerdictDraft draft) {
    switch (match) {
      case RIGHT -> draft.yes(Aspect.BODY_DIGEST, "the content is as it was signed");
      case OTHER_DIGEST -> draft.no(Aspect.BODY_DIGEST, "the content was changed after signing");
      case WRONG ->
          draft.cannotTell(Aspect.BODY_DIGEST, "the signature does not show what it was made over");
    }
    signature(match, "this content", draft);
  }

  private static void signature(KeyMatch match, String over, VerdictDraft draft) {
    if (match == KeyMatch.RIGHT) {
      draft.yes(Aspect.SIGNATURE, "made with this key");
    } else if (match == KeyMatch.OTHER_DIGEST) {
      draft.no(Aspect.SIGNATURE, "made with this key, but not over " + over);
    } else {
      draft.no(Aspect.SIGNATURE, "not made with this key over " + over);
    }
  }

  private void trust(
      X509CertificateHolder certificate, GivenCertificates given, Instant now, VerdictDraft draft) {
    Instant when = attributes.signingTime().orElse(now);
    time(certificate, when, draft);
    if (given.roots().isEmpty()) {
      draft.cannotTell(Aspect.CHAIN, "no roots were given");
      return;
    }
    Optional<String> fault =
        CertificateChain.fault(certificate, signed.certificates(), given, when);
    draft.put(
        Aspect.CHAIN,
        fault.isPresent() ? Answer.NO : Answer.YES,
        fault.orElse("leads to a given root"));
  }

  private void time(X509CertificateHolder certificate, Instant when, VerdictDraft draft) {
    String moment =
        (attributes.signingTime().isPresent() ? "at the signing time " : "now, ") + when;
    TBSCertificate dates = certificate.toASN1Structure().getTBSCertificate();
    Optional<Instant> from = AsnTime.instant(dates.getStartDate().getTime());
    Optional<Instant> to = AsnTime.instant(dates.getEndDate().getTime());
    if (from.isEmpty() || to.isEmpty()) {
      draft.cannotTell(Aspect.VALIDITY, "the certificate's dates can not be read");
      return;
    }
    boolean valid = !when.isBefore(from.get()) && !when.isAfter(to.get());
    String words = "the certificate was " + (valid ? "valid " : "not valid ") + moment;
    draft.put(Aspect.VALIDITY, valid ? Answer.YES : Answer.NO, words);
  }
}
