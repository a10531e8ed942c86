package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.Deliverer;
import hapax.reconstruct.MessageInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sieve lets go has no signature, whatever came in. */
final class SignatureSieveTest {
  private static final String ARMOR = "-----BEGIN PGP MESSAGE-----\n\nqANQR1DDDQ==\n=aaaa\n";
  private static final String HEAD = "From: ann@example.org\nSubject: plan\n";

  @TempDir private Path folder;
  private BlobStore store;
  private Deliverer deliverer;

  @BeforeEach
  void open() throws IOException {
    store = BlobStore.open(folder, true, (entry, rows) -> entry);
    deliverer = new Deliverer(store);
  }

  @AfterEach
  void close() throws IOException {
    deliverer.close();
    store.close();
  }

  private RecordId deliver(byte[] message) throws IOException {
    return deliverer
        .deliver(new MessageInput.Bytes(message, message.length), (unit, delivered) -> {})
        .message();
  }

  private boolean canBeSigned(StoreReader reader, RecordId id) throws IOException {
    return new SignatureSieve(reader).canBeSigned(reader.record(id).orElseThrow());
  }

  private boolean canBeSigned(String message) throws IOException {
    RecordId id = deliver(Messages.bytes(message));
    store.commit();
    try (StoreReader reader = store.reader()) {
      return canBeSigned(reader, id);
    }
  }

  /** Says how many messages the sieve let go; none of them may have a verdict. */
  private int letGo(List<byte[]> messages) throws IOException {
    List<RecordId> ids = new ArrayList<>();
    for (byte[] message : messages) {
      ids.add(deliver(message));
    }
    store.commit();
    int free = 0;
    try (StoreReader reader = store.reader()) {
      for (int i = 0; i < ids.size(); i++) {
        if (!canBeSigned(reader, ids.get(i))) {
          String text = new String(messages.get(i), StandardCharsets.ISO_8859_1);
          assertEquals(List.of(), Messages.check(Keys.none(), messages.get(i)), text);
          free++;
        }
      }
    }
    return free;
  }

  /** Base64 long enough for a blob of its own. */
  private static String base64(int seed) {
    byte[] content = new byte[1_500];
    new Random(seed).nextBytes(content);
    return Base64.getMimeEncoder(76, Messages.bytes("\n")).encodeToString(content);
  }

  private static String attachment(String type, String encoding, String text) {
    return "Content-Type: %s\nContent-Transfer-Encoding: %s\n\n%s\n"
        .formatted(type, encoding, text);
  }

  private static String mixed(String... parts) {
    return "Content-Type: multipart/mixed; boundary=mix\n\n--mix\n"
        + String.join("--mix\n", parts)
        + "--mix--\n";
  }

  private static String pdf(int seed) {
    return attachment("application/pdf", "base64", base64(seed));
  }

  private static String text(int lines) {
    return "\n" + "-- all that was said and done\n".repeat(lines);
  }

  /** Entities that have a signature, or are sealed, each in its own way. */
  static Stream<String> signed() {
    String nested = "Content-Type: message/rfc822\n\n";
    String signature = "\n\nsig\n--s\nContent-Type: application/%s-signature\n\nx\n--s--\n";
    String signedType = "Content-Type: multipart/signed; boundary=s%s\n\n--s";
    return Stream.of(
        nested + "DKIM-Signature: v=1\n" + HEAD + "\nx\n",
        nested + "DomainKey-Signature: a=b\n" + HEAD + "\nx\n",
        nested + "ARC-Seal: i=1\n" + HEAD + "\nx\n",
        nested + "ARC-Message-Signature: i=1\n" + HEAD + "\nx\n",
        nested + "dkim-signature \t: v=1\n" + mixed(text(1), pdf(1)),
        signedType.formatted("") + signature.formatted("pkcs7"),
        signedType.formatted("") + signature.formatted("x-pkcs7"),
        signedType.formatted("") + signature.formatted("pgp"),
        signedType.formatted("; protocol=\"application/pgp-signature\"") + "\n\nx\n--s--\n",
        attachment("application/pkcs7-mime", "base64", base64(2)),
        attachment("application/x-pkcs7-mime; smime-type=enveloped-data", "base64", base64(3)),
        attachment("application/octet-stream; name=smime.P7M", "base64", base64(4)),
        attachment("application/octet-stream", "base64", base64(5))
            .replaceFirst("\n", "\nContent-Disposition: attachment; filename=\"smime.p7m\"\n"),
        "Content-Type: multipart/encrypted; boundary=e\n\n--e\n\nVersion: 1\n--e--\n",
        "Content-Type: text/plain\n\n" + ARMOR,
        "Content-Type: text/plain\n\n" + ARMOR + text(200),
        "\n" + text(200) + ARMOR.replace("MESSAGE", "SIGNED MESSAGE"),
        attachment("text/plain", "quoted-printable", text(100) + ARMOR),
        attachment("application/pgp", "7bit", ARMOR),
        attachment(
            "text/plain",
            "base64",
            Base64.getMimeEncoder().encodeToString(Messages.bytes(text(100) + ARMOR))),
        attachment("text/plain", "base64", Base64.getEncoder().encodeToString(bytes(ARMOR))),
        attachment("text/plain", "base64 (so it says)", base64(6) + "\n" + ARMOR));
  }

  private static byte[] bytes(String text) {
    return Messages.bytes(text);
  }

  @ParameterizedTest
  @MethodSource("signed")
  void everySignatureShouldBeKeptWhereverItStands(String entity) throws IOException {
    String header = HEAD + "MIME-Version: 1.0\n";
    for (String message :
        List.of(
            header + entity,
            header + mixed(text(1), pdf(7), entity),
            header + mixed(text(200), entity, pdf(8)),
            header + mixed(pdf(9), mixed(text(1), pdf(7), entity).replace("mix", "in"), pdf(8)),
            header + mixed(pdf(9), "Content-Type: message/rfc822\n\n" + HEAD + entity))) {
      for (String lineEnd : List.of("\n", "\r\n")) {
        String kept = message.replace("\n", lineEnd);
        assertFalse(Messages.check(Keys.none(), bytes(kept)).isEmpty(), kept);
        assertTrue(canBeSigned(kept), kept);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DKIM-Signature", "DOMAINKEY-SIGNATURE", "ARC-Seal", "ARC-Message-Signature"})
  void signatureInTheHeaderShouldBeKept(String field) throws IOException {
    assertTrue(canBeSigned(field + ": v=1\n" + HEAD + mixed(text(1), pdf(1))));
  }

  @Test
  void whatALimitForbidsToCheckShouldBeKept() throws IOException {
    String fields = "X: y\n".repeat(Limits.FIELDS + 1);
    assertEquals(1, Messages.check(Keys.none(), bytes(fields + "\nx")).size());
    assertTrue(canBeSigned(fields + "\nx"));
    String[] parts = new String[Limits.ENTITIES];
    java.util.Arrays.fill(parts, "Content-Type: application/pkcs7-mime\n\n\n");
    String inner = mixed(parts).replace("mix", "in");
    assertFalse(Messages.check(Keys.none(), bytes(HEAD + mixed(inner))).isEmpty());
    assertTrue(canBeSigned(HEAD + mixed(inner)));
  }

  @Test
  void mailWithoutSignaturesShouldBeLetGoWithoutItsAttachments() throws IOException {
    List<String> unsigned =
        List.of(
            HEAD + text(1),
            HEAD + text(200),
            HEAD + pdf(1),
            HEAD + mixed(text(1), pdf(2), pdf(3)),
            HEAD + mixed(text(1), attachment("message/rfc822", "base64", base64(4)), pdf(2)),
            HEAD + mixed(text(1), "Content-Type: message/rfc822\n\n" + HEAD + mixed(pdf(5))),
            HEAD + mixed(attachment("image/png", "BASE64", base64(5) + "=\n"), pdf(6)));
    for (String message : unsigned) {
      assertFalse(canBeSigned(message), message);
      assertFalse(canBeSigned(message.replace("\n", "\r\n")), message);
    }
  }

  @Test
  void attachmentsShouldNotBeRead() throws IOException {
    RecordId id = deliver(bytes(HEAD + mixed(text(1), pdf(2), pdf(3))));
    store.commit();
    try (StoreReader reader = store.reader()) {
      assertFalse(canBeSigned(new WithoutBlobs(reader), id));
    }
    RecordId text = deliver(bytes(HEAD + text(200)));
    store.commit();
    try (StoreReader reader = store.reader()) {
      assertThrows(IOException.class, () -> canBeSigned(new WithoutBlobs(reader), text));
    }
  }

  private static List<byte[]> mail() {
    List<byte[]> mail = new ArrayList<>();
    signed().forEach(entity -> mail.add(bytes(HEAD + mixed(pdf(7), entity, pdf(8)))));
    mail.add(bytes(HEAD + mixed(text(1), pdf(2), pdf(3))));
    mail.add(bytes(HEAD + mixed(text(200), mixed(pdf(2)).replace("mix", "in"), pdf(3))));
    return mail;
  }

  @Test
  void whatIsLetGoShouldHaveNoVerdictHoweverDamaged() throws IOException {
    Damage damage = new Damage(new Random(5751));
    List<byte[]> mail = mail();
    List<byte[]> damaged = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      damaged.add(damage.to(mail.get(i % mail.size())));
    }
    int free = letGo(damaged);
    assertTrue(free > 400, "only " + free + " of them were let go");
  }

  @Test
  void whatIsLetGoShouldHaveNoVerdictWhateverItIsMadeOf() throws IOException {
    RandomMail mail = new RandomMail(2822);
    List<byte[]> messages = new ArrayList<>();
    int signed = 0;
    for (int i = 0; i < Integer.getInteger("hapax.sieved", 3_000); i++) {
      byte[] message = mail.message();
      messages.add(message);
      signed += Messages.check(Keys.none(), message).isEmpty() ? 0 : 1;
    }
    int free = letGo(messages);
    assertTrue(signed > messages.size() / 8, signed + " of " + messages.size() + " are signed");
    assertTrue(free > messages.size() / 4, free + " of " + messages.size() + " were let go");
  }

  /** Nothing of a message may be left for the next, neither of a long one nor of a signed one. */
  @Test
  void oneSieveShouldTellAllMessagesApart() throws IOException {
    String large = HEAD + text(200_000);
    List<String> messages =
        List.of(
            HEAD + "\n" + ARMOR,
            large,
            HEAD + "\nplain\n",
            HEAD + "\n" + ARMOR,
            large + ARMOR,
            "Subject: x\n\nplain\n",
            "dKim-SIGNATURE \t : v=1\nSubject: x\n\nplain\n",
            HEAD + mixed(text(200), pdf(1)),
            "Subject: x\nARC-Seal\n : i=1\n\nplain\n",
            "Subject: x\n\nplain too\n");
    List<Boolean> signed = new ArrayList<>();
    List<RecordId> ids = new ArrayList<>();
    for (String message : messages) {
      ids.add(deliver(bytes(message)));
      signed.add(!Messages.check(Keys.none(), bytes(message)).isEmpty());
    }
    store.commit();
    List<Boolean> told = new ArrayList<>();
    try (StoreReader reader = store.reader()) {
      SignatureSieve sieve = new SignatureSieve(reader);
      for (RecordId id : ids) {
        told.add(sieve.canBeSigned(reader.record(id).orElseThrow()));
      }
    }
    assertEquals(signed, told);
  }

  /** Armor that ends or begins a blob, or stands astride its border, is armor all the same. */
  @Test
  void armorAtTheBorderOfABlobShouldBeKept() throws IOException {
    for (int before = 0; before < ARMOR.length(); before++) {
      String text = text(200) + "\n".repeat(before % 2);
      String padded = "x".repeat(before) + "\n" + text;
      for (String message :
          List.of(
              HEAD + "\n" + padded + ARMOR,
              HEAD + "\n" + ARMOR + padded,
              HEAD + mixed(pdf(1), "\n" + padded + ARMOR),
              HEAD + mixed(attachment("text/plain", "7bit", ARMOR + padded), pdf(2)))) {
        assertTrue(canBeSigned(message), message);
      }
    }
  }

  @Test
  void whatIsLetGoOfTheCorpusShouldHaveNoVerdict() throws IOException {
    Path corpus = Path.of(System.getProperty("hapax.corpus", "absent"));
    assumeTrue(Files.isDirectory(corpus), "no corpus of real mail at " + corpus);
    Damage damage = new Damage(new Random(2045));
    List<byte[]> messages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] message = Files.readAllBytes(file);
        messages.add(message);
        messages.add(damage.to(message));
      }
    }
    int free = letGo(messages);
    assertTrue(free > messages.size() / 4, free + " of " + messages.size() + " were let go");
  }
}
