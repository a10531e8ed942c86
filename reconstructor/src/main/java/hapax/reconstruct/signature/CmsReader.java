package hapax.reconstruct.signature;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetStringParser;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1SetParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.CompressedDataParser;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.SignedDataParser;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Reads one CMS object (RFC 5652) from a stream. The content goes straight to a sink, so that it
 * may be of any size; everything beside it must be small.
 */
final class CmsReader {
  /** Bytes beside the content: certificates, revocation lists, signers. */
  private static final int BESIDE_CONTENT = 2 << 20;

  private final Metered input;
  private final OutputStream content;

  private CmsReader(InputStream input, OutputStream content) {
    this.input = new Metered(input);
    this.content = content;
  }

  /**
   * Reads the object, and writes what it encloses to {@code content}.
   *
   * @throws SyntaxFault if it breaks the rules
   * @throws LimitException if a limit was reached
   */
  static CmsObject read(InputStream input, OutputStream content)
      throws SyntaxFault, LimitException {
    try {
      return new CmsReader(input, content).object();
    } catch (LimitException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SyntaxFault("the CMS structure is damaged: " + e.getMessage());
    }
  }

  private CmsObject object() throws IOException, SyntaxFault {
    if (!(new ASN1StreamParser(input).readObject() instanceof ASN1SequenceParser sequence)) {
      throw new SyntaxFault("it is no CMS structure");
    }
    ContentInfoParser info = new ContentInfoParser(sequence);
    ASN1ObjectIdentifier type = info.getContentType();
    if (type.equals(CMSObjectIdentifiers.signedData)) {
      return signed(SignedDataParser.getInstance(info.getContent(BERTags.SEQUENCE)));
    }
    if (type.equals(CMSObjectIdentifiers.envelopedData)
        || type.equals(CMSObjectIdentifiers.authEnvelopedData)
        || type.equals(CMSObjectIdentifiers.encryptedData)) {
      return new CmsObject.Sealed(sealedName(type));
    }
    if (type.equals(CMSObjectIdentifiers.compressedData)) {
      ASN1SequenceParser body = (ASN1SequenceParser) info.getContent(BERTags.SEQUENCE);
      compressed(new CompressedDataParser(body));
      return new CmsObject.Compressed();
    }
    throw new SyntaxFault("it is CMS of the type " + type + ", which is no signature");
  }

  private static String sealedName(ASN1ObjectIdentifier type) {
    if (type.equals(CMSObjectIdentifiers.envelopedData)) {
      return "enveloped";
    }
    return type.equals(CMSObjectIdentifiers.authEnvelopedData) ? "authEnveloped" : "encrypted";
  }

  private CmsObject signed(SignedDataParser data) throws IOException, SyntaxFault {
    data.getDigestAlgorithms().toASN1Primitive();
    ContentInfoParser inner = data.getEncapContentInfo();
    ASN1Encodable enclosed = inner.getContent(BERTags.OCTET_STRING);
    if (enclosed instanceof ASN1OctetStringParser octets) {
      input.free = true;
      octets.getOctetStream().transferTo(content);
      input.free = false;
    } else if (enclosed != null) {
      throw new SyntaxFault("the enclosed content is no octet string");
    }
    List<X509CertificateHolder> certificates = certificates(data.getCertificates());
    ASN1SetParser lists = data.getCrls();
    if (lists != null) {
      lists.toASN1Primitive();
    }
    List<SignerInfo> signers = new ArrayList<>();
    for (ASN1Encodable signer : ASN1Set.getInstance(data.getSignerInfos().toASN1Primitive())) {
      signers.add(SignerInfo.getInstance(signer));
    }
    return new CmsObject.Signed(
        inner.getContentType().getId(), enclosed != null, certificates, signers);
  }

  /** The certificates that can be read; other kinds and damaged ones help nobody. */
  private static List<X509CertificateHolder> certificates(ASN1SetParser parser) throws IOException {
    List<X509CertificateHolder> list = new ArrayList<>();
    if (parser == null) {
      return list;
    }
    for (ASN1Encodable entry : ASN1Set.getInstance(parser.toASN1Primitive())) {
      certificate(entry).ifPresent(list::add);
    }
    return list;
  }

  private static Optional<X509CertificateHolder> certificate(ASN1Encodable entry) {
    try {
      return Optional.of(new X509CertificateHolder(Certificate.getInstance(entry)));
    } catch (RuntimeException e) {
      return Optional.empty(); // an attribute certificate, or damaged: then the key is missing
    }
  }

  private void compressed(CompressedDataParser data) throws IOException, SyntaxFault {
    if (!(data.getEncapContentInfo().getContent(BERTags.OCTET_STRING)
        instanceof ASN1OctetStringParser octets)) {
      throw new SyntaxFault("the compressed content is no octet string");
    }
    input.free = true;
    new InflaterInputStream(octets.getOctetStream()).transferTo(content);
  }

  /** Counts what is read beside the content. */
  private static final class Metered extends FilterInputStream {
    private long left = BESIDE_CONTENT;
    private boolean free;

    Metered(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      count(1);
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      count(n);
      return n;
    }

    private void count(int n) throws LimitException {
      left -= free ? 0 : n;
      if (left < 0) {
        throw new LimitException("the CMS structure holds too much beside its content");
      }
    }
  }
}
