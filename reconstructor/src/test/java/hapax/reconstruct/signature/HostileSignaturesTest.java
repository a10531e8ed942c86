package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

/** Mail made to cost time or memory, or to make a parser fall over. */
final class HostileSignaturesTest {
  /** Generous, for slow machines; what is not bounded takes minutes. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static List<Verdict> check(byte[] message) {
    return assertTimeout(BOUND, () -> Messages.check(DkimSigner.keys(), message));
  }

  private static byte[] opaque(byte[] cms) {
    return SmimeMail.message(SmimeMail.opaque("signed-data", cms));
  }

  @Test
  void thousandSignaturesOverAHeaderOfTenMegabytesShouldStopAtALimit() {
    String field = "X-Filler: " + "x".repeat(10_000) + "\r\n";
    String signature =
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=sel; bh=AAAA; b=AAAA;\r\n h=from"
            + ":x-filler".repeat(500)
            + "\r\n";
    String message = signature.repeat(1_000) + field.repeat(1_000) + "From: a@b\r\n\r\nbody\r\n";
    List<Verdict> verdicts = check(Messages.bytes(message));
    assertEquals(Limits.SIGNATURES + 1, verdicts.size());
    assertTrue(verdicts.stream().anyMatch(v -> v.outcome() == Outcome.UNCHECKED));
  }

  @Test
  void signaturesOverEverLongerBodiesShouldTakeOnePassOverTheBody() {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      message.append(
          "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=sel; h=from; bh=AAAA; b=AAAA; l="
              + 100_000 * i
              + "\r\n");
    }
    message.append("From: a@b\r\n\r\n").append("0123456789abcdef\r\n".repeat(1_000_000));
    assertEquals(100, check(Messages.bytes(message.toString())).size());
  }

  @Test
  void lookUpsThatFailShouldBeFewForAMessageAndNoneAgainForAName() throws IOException {
    List<String> asked = new ArrayList<>();
    Keys keys =
        Keys.none()
            .withLookup(
                name -> {
                  asked.add(name);
                  throw new IOException("no server answers");
                });
    String plain = "From: a@example.org\r\n\r\nbody\r\n";
    String message = plain;
    for (int i = 0; i < 20; i++) {
      message = new DkimSigner("rsa-sha256", "relaxed/relaxed").selector("s" + i).sign(message);
    }
    List<Verdict> verdicts = Messages.check(keys, Messages.bytes(message));
    assertEquals(20, verdicts.size());
    verdicts.forEach(v -> assertEquals(Outcome.NO_KEY, v.outcome()));
    assertEquals(3, asked.size());
    Messages.check(
        keys, Messages.bytes(new DkimSigner("rsa-sha256", "simple").selector("s19").sign(plain)));
    assertEquals(3, asked.size());
    Messages.check(
        keys, Messages.bytes(new DkimSigner("rsa-sha256", "simple").selector("t").sign(plain)));
    assertEquals("t._domainkey.example.org", asked.get(3));
  }

  @Test
  void keyThatIsTooLongShouldBeRefused() throws IOException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(16_383).setBit(0);
    for (RSAPublicKey key :
        List.of(
            new RSAPublicKey(modulus.shiftLeft(10).setBit(0), BigInteger.valueOf(65_537)),
            new RSAPublicKey(modulus, modulus.subtract(BigInteger.TWO)))) {
      AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
      byte[] info = new SubjectPublicKeyInfo(rsa, key).getEncoded();
      String record = "p=" + Base64.getEncoder().encodeToString(info);
      Keys keys = Messages.keys("sel._domainkey.example.org TXT " + record);
      String message =
          new DkimSigner("rsa-sha256", "simple/simple").sign("From: a@b\r\nTo: c\r\n\r\n");
      Verdict verdict = Messages.check(keys, Messages.bytes(message)).get(0);
      assertEquals(Outcome.NO_KEY, verdict.outcome());
      assertTrue(verdict.reason().contains("bits"), verdict::reason);
    }
  }

  @Test
  void deeplyNestedAsn1ShouldFailWithAReason() {
    for (int tag : new int[] {0x30, 0x31, 0xa0, 0x24}) {
      byte[] nested = new byte[2_000_000];
      for (int i = 0; i < nested.length; i += 2) {
        nested[i] = (byte) tag;
        nested[i + 1] = (byte) 0x80;
      }
      assertFailed(check(opaque(nested)));
      assertFailed(check(opaque(inSignedData(nested))));
    }
  }

  /** SEQUENCE { signedData, [0] { SEQUENCE { version, …, all of indefinite length. */
  private static byte[] inSignedData(byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(java.util.HexFormat.of().parseHex("308006092a864886f70d010702a0803080020101"));
    out.writeBytes(rest);
    return out.toByteArray();
  }

  private static void assertFailed(List<Verdict> verdicts) {
    assertEquals(1, verdicts.size());
    Outcome outcome = verdicts.get(0).outcome();
    assertTrue(outcome == Outcome.FAILED || outcome == Outcome.UNCHECKED, verdicts::toString);
    assertFalse(verdicts.get(0).reason().isBlank());
  }

  @Test
  void lengthsThatLieAndCrowdsOfSmallObjectsShouldFailWithAReason() {
    assertFailed(check(opaque(java.util.HexFormat.of().parseHex("30847fffffff0609"))));
    assertFailed(check(opaque(inSignedData(java.util.HexFormat.of().parseHex("31847fffff00")))));
    byte[] crowd = new byte[20_000_000];
    crowd[0] = 0x31;
    crowd[1] = (byte) 0x80;
    for (int i = 2; i < crowd.length; i += 2) {
      crowd[i] = 0x05;
    }
    assertFailed(check(opaque(inSignedData(crowd))));
  }

  @Test
  void pgpPacketsThatLieShouldFailWithAReason() {
    Random random = new Random(9580);
    for (String hex :
        List.of(
            "c2ffffffffff04",
            "8a7fffffff04",
            "c2e0",
            "c2fe",
            "8b",
            "c1ff",
            "c203040001",
            "c208060001080000ffff",
            "c20d0401010bffffffffffffffffff",
            "88")) {
      assertFailed(check(pgp(java.util.HexFormat.of().parseHex(hex))));
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] junk = new byte[random.nextInt(60) + 3];
      random.nextBytes(junk);
      junk[0] = (byte) 0xc2;
      junk[1] = (byte) (junk.length - 2);
      junk[2] = (byte) (3 + random.nextInt(4));
      for (Verdict verdict : Messages.check(Keys.none(), pgp(junk))) {
        assertFalse(verdict.outcome() == Outcome.VERIFIED);
      }
    }
  }

  private static byte[] pgp(byte[] packets) {
    return Messages.bytes(
        "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\r\n\r\n"
            + "--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n"
            + "-----BEGIN PGP SIGNATURE-----\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(packets)
            + "\r\n-----END PGP SIGNATURE-----\r\n--b--\r\n");
  }

  @Test
  void compressedPgpBombShouldStopAtALimit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(0xa3);
    bomb.write(2);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bomb)) {
      for (int i = 0; i < 300; i++) {
        deflater.write(new byte[1 << 20]);
      }
    }
    String message =
        "Subject: x\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(bomb.toByteArray())
            + "\r\n-----END PGP MESSAGE-----\r\n";
    Verdict verdict = check(Messages.bytes(message)).get(0);
    assertEquals(Outcome.UNCHECKED, verdict.outcome(), verdict::toString);
  }

  private static byte[] inline(byte[] packets) {
    return Messages.bytes(
        "Subject: x\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(packets)
            + "\r\n-----END PGP MESSAGE-----\r\n");
  }

  @Test
  void textsTimesSignaturesInOnePgpMessageShouldNotMultiply() {
    byte[] text = java.util.HexFormat.of().parseHex("cb0762000000000041");
    byte[] signature = java.util.HexFormat.of().parseHex("c203040001");
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (int i = 0; i < 490; i++) {
      packets.writeBytes(text);
    }
    for (int i = 0; i < 490; i++) {
      packets.writeBytes(signature);
    }
    assertFailed(check(inline(packets.toByteArray())));
  }

  @Test
  void crowdsOfArmorInOneTextShouldStopAtALimit() {
    for (String junk : List.of("!", "wwE=", "0gEB")) {
      String armor = "-----BEGIN PGP MESSAGE-----\n\n" + junk + "\n-----END PGP MESSAGE-----\n";
      List<Verdict> verdicts = check(Messages.bytes("Subject: x\n\n" + armor.repeat(100_000)));
      assertEquals(301, verdicts.size());
      assertEquals(Outcome.UNCHECKED, verdicts.get(300).outcome());
    }
  }

  @Test
  void compressionWithinCompressionShouldBeOpenedAFewTimes() throws IOException {
    byte[] packet = java.util.HexFormat.of().parseHex("d20101");
    for (int depth = 1; depth <= 6; depth++) {
      ByteArrayOutputStream outer = new ByteArrayOutputStream();
      outer.write(0xa3);
      outer.write(2);
      try (DeflaterOutputStream deflater = new DeflaterOutputStream(outer)) {
        deflater.write(packet);
      }
      packet = outer.toByteArray();
      Verdict verdict = check(inline(packet)).get(0);
      assertEquals(depth <= 4 ? Outcome.SEALED : Outcome.FAILED, verdict.outcome());
    }
  }

  /** 16 MB of header would otherwise become 500 MB of fields. */
  @Test
  void millionsOfFieldsShouldBeLeftUnchecked() {
    String fields = "a:\n".repeat(5_500_000);
    for (String first : List.of("DKIM-Signature: v=1\n", "")) {
      List<Verdict> verdicts = check(Messages.bytes(first + fields + "\nbody\n"));
      assertEquals(1, verdicts.size());
      assertEquals(Outcome.UNCHECKED, verdicts.get(0).outcome());
      assertEquals("the header is larger than the limit", verdicts.get(0).reason());
    }
    List<Verdict> fewer = check(Messages.bytes("DKIM-Signature: v=1\n" + "a:\n".repeat(40_000)));
    assertEquals(Outcome.FAILED, fewer.get(0).outcome());
  }

  /** Two names of 30,000 parts in opposite order take a minute and a half to be told apart. */
  @Test
  void namesOfManyPartsShouldNotBeComparedPartByPart() throws IOException {
    TestSigner signer = TestSigner.of("SHA256withECDSA");
    byte[] cms = signer.sign(SmimeMail.TEXT.getBytes(StandardCharsets.ISO_8859_1), true);
    SignedData data = SignedData.getInstance(ContentInfo.getInstance(cms).getContent());
    SignerInfo info = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    Certificate plain = Certificate.getInstance(data.getCertificates().getObjectAt(0));
    ASN1EncodableVector fields = new ASN1EncodableVector();
    for (ASN1Encodable field : (ASN1Sequence) plain.getTBSCertificate().toASN1Primitive()) {
      fields.add(field.equals(plain.getIssuer()) ? name(30_000, 1) : field);
    }
    ASN1Sequence certificate =
        new DERSequence(
            new ASN1Encodable[] {
              new DERSequence(fields), plain.getSignatureAlgorithm(), plain.getSignature()
            });
    SignerInfo renamed =
        new SignerInfo(
            new SignerIdentifier(
                new IssuerAndSerialNumber(name(30_000, -1), plain.getSerialNumber().getValue())),
            info.getDigestAlgorithm(),
            info.getAuthenticatedAttributes(),
            info.getDigestEncryptionAlgorithm(),
            info.getEncryptedDigest(),
            null);
    SignedData hostile =
        new SignedData(
            data.getDigestAlgorithms(),
            data.getEncapContentInfo(),
            new DERSet(certificate),
            null,
            new DERSet(renamed));
    byte[] bytes = new ContentInfo(CMSObjectIdentifiers.signedData, hostile).getEncoded();
    assertEquals(Outcome.NO_KEY, check(opaque(bytes)).get(0).outcome());
  }

  private static X500Name name(int parts, int direction) {
    RDN[] all = new RDN[parts];
    for (int i = 0; i < parts; i++) {
      int number = direction > 0 ? i : parts - 1 - i;
      all[i] = new RDN(BCStyle.CN, new DERUTF8String(Integer.toString(number, 36)));
    }
    return new X500Name(all);
  }

  @Test
  void manyPartsAndDeepNestingShouldTakeLinearTime() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      deep.append("Content-Type: multipart/signed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
    }
    check(Messages.bytes(deep.toString()));
    check(Messages.bytes("Content-Type: message/rfc822\r\n\r\n".repeat(50_000)));
    String part = "--b\r\nContent-Type: application/pkcs7-mime\r\n\r\nMIIB\r\n";
    List<Verdict> verdicts =
        check(
            Messages.bytes(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(200_000)));
    assertTrue(verdicts.size() <= Limits.ENTITIES + 1);
    assertEquals(Outcome.UNCHECKED, verdicts.get(verdicts.size() - 1).outcome());
    check(
        Messages.bytes(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--\r\n".repeat(2_000_000)));
  }
}
