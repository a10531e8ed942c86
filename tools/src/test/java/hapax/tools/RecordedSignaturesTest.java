package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.tools.Runs.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts that are recorded when mail comes in. */
final class RecordedSignaturesTest {
  @TempDir Path folder;
  private Runs runs;
  private Path originals;
  private Path keys;

  @BeforeEach
  void makeMail() throws IOException {
    runs = new Runs(folder.resolve("store"));
    originals = Files.createDirectories(folder.resolve("mail"));
    keys = Files.writeString(folder.resolve("keys.txt"), SignaturesCommandTest.KEY);
    String signed = SignaturesCommandTest.SIGNED;
    Files.writeString(originals.resolve("1-signed.eml"), signed);
    Files.writeString(originals.resolve("2-changed.eml"), signed.replace("hungry", "angry"));
    Files.writeString(originals.resolve("3-plain.eml"), "Subject: a\r\n\r\nb\r\n");
    Files.writeString(originals.resolve("4-other.eml"), signed.replace("brisbane", "sydney"));
  }

  private JsonObject importAndRecord() {
    return runs.json(
        "import",
        "--account",
        "jane",
        "--mailbox",
        "INBOX",
        "--record-signatures",
        "--keys",
        keys.toString(),
        originals.toString());
  }

  private static void assertArrivalIsShown(JsonObject report) {
    assertEquals(3, report.get("recorded").getAsInt());
    assertEquals(1, report.get("recorded_verified").getAsInt());
    assertEquals(0, report.getAsJsonObject("differs").size());
    assertEquals(0, report.get("verified").getAsInt());
    assertEquals(2, report.get("no_key").getAsInt());
  }

  @Test
  void whatWasVerifiedOnArrivalShouldBeShownWhenTheKeyIsGone() throws IOException {
    assertEquals(3, importAndRecord().get("signatures_recorded").getAsInt());
    Files.delete(keys);
    assertArrivalIsShown(runs.json("signatures"));
    Run run = runs.run("signatures");
    assertEquals(0, run.code());
    assertTrue(
        run.out()
            .contains(
                "3 messages with a record of arrival, 1 with a signature that was verified then;"
                    + " checked again with the kept keys: none differs"),
        run.out());
    String one = runs.run("signatures", "--message", "jane/INBOX/1").out();
    assertTrue(one.contains("DKIM: no key"), one);
    assertTrue(one.contains("recorded on arrival, 2"), one);
    assertTrue(one.contains("  DKIM: verified"), one);
    assertTrue(one.contains("the same answers again"), one);
    JsonObject message =
        runs.json("signatures", "--details").getAsJsonArray("verdicts").get(0).getAsJsonObject();
    JsonObject recorded = message.getAsJsonObject("recorded");
    assertEquals(0, recorded.getAsJsonArray("differs").size());
    assertTrue(recorded.getAsJsonArray("verdicts").toString().contains("\"verified\""));
    String byDigest =
        runs.run("signatures", "--message", message.get("digest").getAsString()).out();
    assertTrue(byDigest.contains("recorded on arrival"), byDigest);
  }

  @Test
  void recordsShouldOutliveTheCatalog() throws IOException {
    importAndRecord();
    runs.json("rebuild");
    assertArrivalIsShown(runs.json("signatures"));
    assertEquals(0, runs.run("verify").code());
  }

  @Test
  void importingAgainShouldRecordNothing() {
    importAndRecord();
    assertEquals(0, importAndRecord().get("signatures_recorded").getAsInt());
    assertArrivalIsShown(runs.json("signatures"));
  }

  @Test
  void mailThatComesOnStandardInputShouldBeRecordedToo() {
    byte[] message = SignaturesCommandTest.SIGNED.getBytes(StandardCharsets.UTF_8);
    Run run =
        runs.run(
            message,
            "import",
            "--account",
            "jane",
            "--record-signatures",
            "--keys",
            keys.toString(),
            "--json",
            "-");
    assertEquals(1, run.json().get("signatures_recorded").getAsInt(), run.out());
  }

  @Test
  void recordThatCanNotBeReadShouldBeTold() throws IOException {
    runs.json("import", "--account", "jane", "--mailbox", "INBOX", originals.toString());
    put(folder.resolve("store"), "hapax signatures 1\nchecked never\nkeys\n");
    Run run = runs.run("signatures", "--json");
    assertEquals(3, run.code());
    String findings = run.json().getAsJsonArray("findings").toString();
    assertTrue(findings.contains("jane/INBOX/1"), findings);
    assertTrue(findings.contains("line 2: expected a time, found 'never'"), findings);
    assertEquals(3, run.json().get("messages_signed").getAsInt());
  }

  @Test
  void recordThatSaysOtherwiseShouldBeADifference() throws IOException {
    importAndRecord();
    String told;
    try (MailStore store = MailStore.open(folder.resolve("store"), false)) {
      Account jane = store.account("jane").orElseThrow();
      told =
          jane.signatures(
                  jane.item(jane.mailbox("INBOX").orElseThrow().id(), 1).orElseThrow().message())
              .orElseThrow();
    }
    assertTrue(told.contains("body-digest yes"), told);
    runs = new Runs(folder.resolve("store2"));
    runs.json("import", "--account", "jane", "--mailbox", "INBOX", originals.toString());
    put(folder.resolve("store2"), told.replace("body-digest yes", "body-digest no"));
    Run run = runs.run("signatures", "--json");
    assertEquals(3, run.code());
    String differs = run.json().getAsJsonObject("differs").toString();
    assertTrue(differs.contains("since arrival"), differs);
    assertTrue(differs.contains("body digest was NO, is YES"), differs);
    assertFalse(differs.contains("jane/INBOX/2"), differs);
  }

  @Test
  void recordOfAMessageThatHasNoSignatureShouldBeADifference() throws IOException {
    importAndRecord();
    String told;
    try (MailStore store = MailStore.open(folder.resolve("store"), false)) {
      Account jane = store.account("jane").orElseThrow();
      told =
          jane.signatures(
                  jane.item(jane.mailbox("INBOX").orElseThrow().id(), 1).orElseThrow().message())
              .orElseThrow();
    }
    runs = new Runs(folder.resolve("store2"));
    runs.json("import", "--account", "jane", originals.resolve("3-plain.eml").toString());
    put(folder.resolve("store2"), told);
    Run run = runs.run("signatures", "--json");
    assertEquals(3, run.code());
    assertEquals(1, run.json().get("differing").getAsInt());
    assertEquals(0, run.json().get("signed").getAsInt());
  }

  /** Puts a record beside jane's first message. */
  private static void put(Path where, String record) throws IOException {
    try (MailStore store = MailStore.open(where, false)) {
      Account jane = store.account("jane").orElseThrow();
      try (Intake unit = store.blobs().intake()) {
        jane.recordSignatures(
            unit,
            jane.item(jane.mailbox("INBOX").orElseThrow().id(), 1).orElseThrow().message(),
            record);
      }
      store.commit();
    }
  }

  @Test
  void keysWithoutARecordToMakeShouldBeWrongUsage() {
    Run run = runs.run("import", "--keys", keys.toString(), originals.toString());
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--record-signatures"), run.err());
    Run missing =
        runs.run("import", "--record-signatures", "--keys", "none.txt", originals.toString());
    assertEquals(1, missing.code());
    assertFalse(Files.exists(folder.resolve("store")));
  }
}
