package hapax.reconstruct.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.CollectionStore;

/** Somebody with a key and a certificate, who signs CMS; made by Bouncy Castle's own generator. */
final class TestSigner {
  static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  static final Instant SIGNED_AT = Instant.parse("2026-05-01T00:00:00Z");

  private static int serial = 1;

  final KeyPair pair;
  final X509CertificateHolder certificate;
  private final String algorithm;
  private boolean attributes = true;
  private boolean carriesCertificate = true;

  private TestSigner(KeyPair pair, X509CertificateHolder certificate, String algorithm) {
    this.pair = pair;
    this.certificate = certificate;
    this.algorithm = algorithm;
  }

  /** A signer by an algorithm such as {@code SHA256withRSA}, its certificate signed by itself. */
  static TestSigner of(String algorithm) {
    return issued(algorithm, null, Instant.parse("2026-01-01T00:00:00Z"), false);
  }

  static TestSigner authority() {
    return issued("SHA256withRSA", null, Instant.parse("2020-01-01T00:00:00Z"), true);
  }

  /** A signer whose certificate begins to be valid then, for a year, and is by {@code issuer}. */
  static TestSigner issued(String algorithm, TestSigner issuer, Instant from, boolean authority) {
    try {
      KeyPair pair = pair(algorithm);
      X500Name name = new X500Name("CN=Signer " + serial);
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer == null ? name : issuer.certificate.getSubject(),
              BigInteger.valueOf(serial++),
              Date.from(from),
              Date.from(from.plus(authority ? 3650 : 365, ChronoUnit.DAYS)),
              name,
              SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      ContentSigner signer =
          issuer == null
              ? contentSigner(algorithm, pair)
              : contentSigner(issuer.algorithm, issuer.pair);
      return new TestSigner(pair, builder.build(signer), algorithm);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    String type =
        algorithm.contains("ECDSA")
            ? "EC"
            : algorithm.contains("DSA") ? "DSA" : algorithm.contains("RSA") ? "RSA" : algorithm;
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type, PROVIDER);
    if (type.equals("RSA")) {
      generator.initialize(2048);
    } else if (type.equals("EC")) {
      generator.initialize(256);
    } else if (type.equals("DSA")) {
      generator.initialize(1024);
    }
    return generator.generateKeyPair();
  }

  private static ContentSigner contentSigner(String algorithm, KeyPair pair)
      throws OperatorCreationException {
    return new JcaContentSignerBuilder(algorithm).setProvider(PROVIDER).build(pair.getPrivate());
  }

  TestSigner withoutAttributes() {
    TestSigner copy = new TestSigner(pair, certificate, algorithm);
    copy.attributes = false;
    return copy;
  }

  TestSigner withoutCertificate() {
    TestSigner copy = new TestSigner(pair, certificate, algorithm);
    copy.carriesCertificate = false;
    return copy;
  }

  /** CMS signed data over {@code content}, which it encloses or not. */
  byte[] sign(byte[] content, boolean enclosing) {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      SignerInfoGeneratorBuilder builder =
          new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider());
      builder.setDirectSignature(!attributes);
      builder.setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(time()));
      generator.addSignerInfoGenerator(builder.build(contentSigner(algorithm, pair), certificate));
      if (carriesCertificate) {
        generator.addCertificates(new CollectionStore<>(List.of(certificate)));
      }
      return generator.generate(new CMSProcessableByteArray(content), enclosing).getEncoded();
    } catch (CMSException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** CMS that only carries the certificate. */
  byte[] certificatesOnly() throws CMSException, IOException {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addCertificates(new CollectionStore<>(List.of(certificate)));
    return generator.generate(new CMSProcessableByteArray(new byte[0]), false).getEncoded();
  }

  private static AttributeTable time() {
    ASN1EncodableVector list = new ASN1EncodableVector();
    Time time = new Time(Date.from(SIGNED_AT));
    list.add(new Attribute(CMSAttributes.signingTime, new DERSet(time)));
    return new AttributeTable(list);
  }
}
