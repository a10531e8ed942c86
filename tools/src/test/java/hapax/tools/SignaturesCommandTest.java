package hapax.tools;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hapax.blob.RecordPlace;
import hapax.sync.MailStore;
import hapax.tools.Runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignaturesCommandTest {
  /** The example of RFC 8463, whose keys are public. */
  static final String SIGNED =
      """
      DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=brisbane; t=1528637909; h=from : to :
       subject : date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
       Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game.  Are you hungry yet?

      Joe.
      """
          .replace("\n", "\r\n");

  static final String KEY =
      "brisbane._domainkey.football.example.com. IN TXT"
          + " \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n";

  @TempDir Path folder;
  private Runs runs;
  private Path originals;
  private Path keys;

  @BeforeEach
  void importMail() throws IOException {
    runs = new Runs(folder.resolve("store"));
    originals = Files.createDirectories(folder.resolve("mail"));
    keys = Files.writeString(folder.resolve("keys.txt"), KEY);
    Files.writeString(originals.resolve("1-signed.eml"), SIGNED);
    Files.writeString(originals.resolve("2-changed.eml"), SIGNED.replace("hungry", "angry"));
    Files.writeString(originals.resolve("3-plain.eml"), "Subject: a\r\n\r\nb\r\n");
    runs.json("import", "--account", "jane", "--mailbox", "INBOX", originals.toString());
  }

  @Test
  void storedMessagesShouldBeCountedByVerdict() {
    JsonObject report = runs.json("signatures", "--keys", keys.toString());
    assertEquals(3, report.get("messages").getAsInt());
    assertEquals(2, report.get("signed").getAsInt());
    assertEquals(1, report.get("verified").getAsInt());
    assertEquals(1, report.get("failed").getAsInt());
    assertEquals(0, report.get("no_key").getAsInt());
    assertEquals(0, report.getAsJsonObject("differs").size());
    assertEquals(1, report.getAsJsonArray("failures").size());
    JsonObject without = runs.json("signatures", "--account", "jane");
    assertEquals(1, without.get("no_key").getAsInt());
    assertEquals(1, without.get("failed").getAsInt());
  }

  @Test
  void reportShouldSayWhyAndThatItWasSoOnArrival() {
    String text = runs.run("signatures", "--keys", keys.toString()).out();
    assertTrue(text.contains("3 messages looked at, 2 signed"), text);
    assertTrue(
        text.contains("DKIM: the body was changed after signing, before it came here"), text);
    assertTrue(text.contains("failed before it was stored"), text);
  }

  @Test
  void oneMessageShouldBeToldInFull() {
    String text =
        runs.run("signatures", "--keys", keys.toString(), "--message", "jane/INBOX/1").out();
    assertTrue(text.contains("DKIM: verified"), text);
    assertTrue(text.contains("body digest    yes"), text);
    assertTrue(text.contains("brisbane._domainkey.football.example.com"), text);
    JsonObject json =
        runs.json("signatures", "--keys", keys.toString(), "--message", "jane/INBOX/1");
    JsonObject verdict =
        json.getAsJsonArray("verdicts")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("verdicts")
            .get(0)
            .getAsJsonObject();
    assertEquals("verified", verdict.get("outcome").getAsString());
    assertEquals("dkim", verdict.get("kind").getAsString());
  }

  @Test
  void originalsShouldBeComparedWithWhatTheStoreGivesBack() throws IOException {
    JsonObject same = runs.json("signatures", "--keys", keys.toString(), originals.toString());
    assertEquals(3, same.get("compared").getAsInt());
    assertEquals(0, same.getAsJsonObject("differs").size());
    Files.writeString(originals.resolve("4-new.eml"), SIGNED + "more\r\n");
    Run other = runs.run("signatures", "--json", "--keys", keys.toString(), originals.toString());
    assertEquals(3, other.code());
    JsonObject differs = other.json().getAsJsonObject("differs");
    assertEquals(1, differs.size());
    assertTrue(differs.toString().contains("4-new.eml"), differs::toString);
    assertTrue(differs.toString().contains("not in the store"), differs::toString);
  }

  @Test
  void changedOriginalShouldBeNamedWithTheFirstDifferingByte() throws IOException {
    Files.delete(originals.resolve("2-changed.eml"));
    Files.delete(originals.resolve("3-plain.eml"));
    runs = new Runs(folder.resolve("other"));
    runs.json("import", "--account", "jane", originals.toString());
    Files.writeString(originals.resolve("1-signed.eml"), SIGNED.replace("Joe.\r\n", "joe.\r\n"));
    Run run = runs.run("signatures", "--json", "--keys", keys.toString(), originals.toString());
    assertEquals(3, run.code());
    String differs = run.json().getAsJsonObject("differs").toString();
    assertTrue(differs.contains("1-signed.eml"), differs);
    assertTrue(
        differs.contains("the first differing byte is at offset " + SIGNED.indexOf("Joe.\r\n")),
        differs);
    assertTrue(differs.contains("body digest was NO, is YES"), differs);
    assertEquals(1, run.json().get("differing").getAsInt());
  }

  @Test
  void messageOfTwoAccountsShouldBeLookedAtOnce() {
    runs.json("import", "--account", "joe", "--mailbox", "INBOX", originals.toString());
    JsonObject report = runs.json("signatures", "--details", "--keys", keys.toString());
    assertEquals(3, report.get("messages").getAsInt());
    assertEquals(2, report.getAsJsonArray("verdicts").size());
    assertTrue(report.toString().contains("jane/INBOX/2"), report::toString);
    assertEquals(3, runs.json("signatures", "--account", "joe").get("messages").getAsInt());
  }

  @Test
  void expungedMessageShouldNotBeLookedAt() {
    runs.json("import", "--account", "joe", "--mailbox", "INBOX", originals.toString());
    runs.json("expunge", "joe/INBOX/1");
    JsonObject both = runs.json("signatures", "--details");
    assertEquals(3, both.get("messages").getAsInt());
    assertTrue(both.toString().contains("jane/INBOX/1"), both::toString);
    runs.json("expunge", "jane/INBOX/1");
    runs.json("expunge", "jane/INBOX/3");
    JsonObject rest = runs.json("signatures", "--details");
    assertEquals(2, rest.get("messages").getAsInt());
    assertEquals(1, rest.get("messages_signed").getAsInt());
    assertTrue(rest.toString().contains("jane/INBOX/2"), rest::toString);
    assertEquals(1, runs.json("signatures", "--account", "jane").get("messages").getAsInt());
    runs.json("restore", "jane/INBOX");
    JsonObject restored = runs.json("signatures", "--details");
    assertEquals(3, restored.get("messages").getAsInt());
    assertTrue(restored.toString().contains("jane/INBOX/4"), restored::toString);
  }

  /** As many as were lost, so that there are as many records as items again. */
  @Test
  void lostMessagesShouldBeToldOfWhenAsManyOthersAreExpunged() throws IOException {
    Path many = longHeaders(320);
    runs.json("import", "--account", "jane", "--mailbox", "INBOX", many.toString());
    Path pack = folder.resolve("store/packs/p-00000001.pack");
    byte[] bytes = Files.readAllBytes(pack);
    bytes[300_000] ^= 1;
    Files.write(pack, bytes);
    deleteCatalog();
    Run before = runs.run("signatures", "--json");
    assertEquals(3, before.code());
    int there = before.json().get("messages").getAsInt();
    int lost = before.json().getAsJsonArray("findings").size();
    assertTrue(lost > 0 && lost < there, lost + " are lost, " + there + " are there");
    int left = lost;
    for (int uid = 323; left > 0 && uid > 3; uid--) {
      String place = "jane/INBOX/" + uid;
      if (runs.run("cat", place).code() == 0) {
        assertEquals(0, runs.run("expunge", place).code());
        left--;
      }
    }
    Run after = runs.run("signatures", "--json");
    assertEquals(lost, after.json().getAsJsonArray("findings").size(), after.out());
    assertEquals(3, after.code());
    assertEquals(there - lost, after.json().get("messages").getAsInt());
  }

  private void deleteCatalog() throws IOException {
    try (Stream<Path> catalog = Files.walk(folder.resolve("store/catalog"))) {
      for (Path file : catalog.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Messages with headers of 20 kB, so that a group has about a hundred of them. */
  private Path longHeaders(int count) throws IOException {
    Path mail = Files.createDirectories(folder.resolve("long"));
    Random random = new Random(5322);
    byte[] content = new byte[14_000];
    for (int i = 0; i < count; i++) {
      random.nextBytes(content);
      String field = Base64.getMimeEncoder(76, "\r\n ".getBytes(US_ASCII)).encodeToString(content);
      Files.writeString(
          mail.resolve("%04d.eml".formatted(i)), "X-Long: " + field + "\r\n\r\nb\r\n");
    }
    return mail;
  }

  /** Groups have about a hundred of them, and runs end with a group: there are several runs. */
  @Test
  void signedMessageShouldBeFoundAmongManyThatAreNot() throws IOException {
    Path many = longHeaders(700);
    Path signed = many.resolve("0599.eml");
    Files.writeString(signed, SIGNED + Files.readString(signed));
    runs = new Runs(folder.resolve("other"));
    runs.json("import", "--account", "jane", "--mailbox", "INBOX", many.toString());
    assertTrue(groups(folder.resolve("other")) > 5, "there are several runs");
    JsonObject report = runs.json("signatures");
    assertEquals(700, report.get("messages").getAsInt());
    assertEquals(1, report.get("messages_signed").getAsInt());
    assertTrue(report.toString().contains("jane/INBOX/600"), report::toString);
  }

  private static int groups(Path store) throws IOException {
    List<RecordPlace> firsts = new ArrayList<>();
    try (MailStore mail = MailStore.open(store, false)) {
      mail.blobs()
          .scanHeldInOrder(
              at -> {
                if (firsts.isEmpty() || !at.isBeside(firsts.get(firsts.size() - 1))) {
                  firsts.add(at);
                }
                return true;
              });
    }
    return firsts.size();
  }

  @Test
  void unsignedMessageShouldBePassedOverWithoutItsAttachment() throws IOException {
    byte[] content = new byte[60_000];
    new Random(1864).nextBytes(content);
    Files.writeString(
        originals.resolve("5-plan.eml"),
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
            + Base64.getMimeEncoder().encodeToString(content));
    runs = new Runs(folder.resolve("other"));
    runs.json("import", "--account", "jane", originals.resolve("5-plan.eml").toString());
    Path pack = folder.resolve("other/packs/p-00000001.pack");
    byte[] bytes = Files.readAllBytes(pack);
    bytes[placeOf(Arrays.copyOfRange(content, 30_000, 30_100), bytes)] ^= 1;
    Files.write(pack, bytes);
    assertEquals(3, runs.run("verify").code());
    assertEquals(1, runs.json("signatures").get("messages").getAsInt());
  }

  private static int placeOf(byte[] wanted, byte[] bytes) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    return at;
  }

  @Test
  void damagedMessageShouldBeAFinding() throws IOException {
    Path pack = folder.resolve("store/packs/p-00000001.pack");
    byte[] bytes = Files.readAllBytes(pack);
    for (int at = 200; at < bytes.length; at += 97) {
      bytes[at] ^= 1;
    }
    Files.write(pack, bytes);
    Run run = runs.run("signatures", "--json");
    assertTrue(run.code() != 0, run.out());
  }

  @Test
  void wrongWordsShouldBeToldSo() throws IOException {
    assertEquals(2, runs.run("signatures", "--account", "jane", originals.toString()).code());
    assertEquals(1, runs.run("signatures", "--account", "joe").code());
    assertEquals(1, runs.run("signatures", "--keys", folder.resolve("none").toString()).code());
    assertTrue(runs.run("signatures", "--help").out().contains("hapax signatures --keys ring.asc"));
  }
}
