package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hapax.tools.Runs.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change mailboxes. */
class ChangingCommandsTest {
  private static final byte[] MESSAGE =
      "From: a@example.org\nSubject: One\n\nBody\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private Runs runs;

  @BeforeEach
  void importTwoMessages() {
    runs = new Runs(folder.resolve("store"));
    for (String mailbox : List.of("INBOX", "Work/2026")) {
      Run run = runs.run(MESSAGE, "import", "--account", "jane", "--mailbox", mailbox, "-");
      assertEquals(0, run.code(), run.err());
    }
  }

  private int changed(String... words) {
    return runs.json(words).get("changed").getAsInt();
  }

  private JsonObject firstItem(String mailbox) {
    return runs.json("ls", mailbox).getAsJsonArray("items").get(0).getAsJsonObject();
  }

  private int items(String mailbox) {
    return runs.json("ls", mailbox).getAsJsonArray("items").size();
  }

  @Test
  void importWithoutAnAccountShouldTakeTheUsersName() {
    assertEquals(0, runs.run(MESSAGE, "import", "-").code());
    assertEquals(1, items("someone/INBOX"));
  }

  @Test
  void importShouldGoOnAfterASourceThatIsNotThere() throws Exception {
    Path eml = Files.write(folder.resolve("a.eml"), MESSAGE);
    Run run = runs.run("import", "--account", "joe", "--json", "/no/such", eml.toString());
    assertEquals(3, run.code());
    assertEquals(1, run.json().get("messages_added").getAsInt());
    assertEquals(1, run.json().get("messages_failed").getAsInt());
    assertEquals("hapax: /no/such: no such file or folder\n", run.err());
  }

  @Test
  void importOfNothingThatIsThereShouldFail() {
    Runs none = new Runs(folder.resolve("none"));
    Run run = none.run("import", "mbox:/no/such");
    assertEquals(1, run.code());
    assertEquals("hapax: mbox:/no/such: no such file or folder\n", run.err());
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void importShouldRefuseWordsThatMakeNoSenseTogether() {
    assertEquals(2, runs.run("import").code());
    assertEquals(2, runs.run("import", "--accounts", "/", "x").code());
    assertEquals(2, runs.run("import", "--accounts", "/", "--account", "jane").code());
  }

  @Test
  void restoreShouldBringBackWhatWasExpunged() {
    assertEquals(1, changed("expunge", "jane/INBOX/1"));
    assertEquals(0, items("jane/INBOX"));
    assertEquals(1, changed("restore", "jane/INBOX", "--uid", "1"));
    assertEquals(0, changed("restore", "jane/INBOX"));
    assertEquals(1, items("jane/INBOX"));
    assertEquals(2, firstItem("jane/INBOX").get("uid").getAsInt());
    Run cat = runs.run("cat", "jane/INBOX/2");
    assertEquals(new String(MESSAGE, StandardCharsets.US_ASCII), cat.out());
    assertEquals(1, runs.run("restore", "jane/INBOX", "--uid", "9").code());
  }

  @Test
  void restoreShouldBringADeletedMailboxBack() {
    assertEquals(1, changed("mailbox", "delete", "jane/Work/2026"));
    JsonObject gone =
        runs.json("ls", "jane", "--expunged").getAsJsonArray("mailboxes").get(0).getAsJsonObject();
    assertEquals("Work/2026", gone.get("name").getAsString());
    assertEquals(1, runs.json("ls", "jane/Work/2026", "--expunged").getAsJsonArray("items").size());
    assertEquals(0, changed("restore", "jane/Work/2026", "--since", "2999-01-01"));
    assertEquals(1, changed("restore", "jane/Work/2026"));
    assertEquals(1, items("jane/Work/2026"));
    Run none = runs.run("restore", "jane/Never");
    assertEquals("hapax: no mailbox Never in account jane, nor a deleted one\n", none.err());
  }

  @Test
  void flagShouldSetAndClear() {
    assertEquals(1, changed("flag", "jane/INBOX/1", "+\\seen", "+work", "+x"));
    assertEquals(1, changed("flag", "jane/INBOX/1", "-work", "-none"));
    assertEquals(0, changed("flag", "jane/INBOX/1", "-work"));
    assertEquals("[\"\\\\Seen\",\"x\"]", firstItem("jane/INBOX").get("flags").toString());
  }

  @Test
  void flagShouldRefuseWordsThatAreNeitherMessageNorFlag() {
    assertEquals(2, runs.run("flag", "jane/INBOX/1", "Seen").code());
    assertEquals(2, runs.run("flag", "jane/INBOX/1", "--Seen").code());
    assertEquals(2, runs.run("flag", "jane/INBOX/1", "+").code());
    assertEquals(2, runs.run("flag", "jane/INBOX/1", "jane/INBOX/2").code());
    Run contradiction = runs.run("flag", "jane/INBOX/1", "+a", "-a");
    assertEquals(1, contradiction.code());
    assertEquals("hapax: a flag can not be both set and cleared: a\n", contradiction.err());
  }

  @Test
  void expungeShouldDoWhatIsThereAndTellTheRest() {
    Run run = runs.run("expunge", "jane/INBOX/1", "jane/INBOX/7", "--json");
    assertEquals(3, run.code());
    assertEquals(1, run.json().get("changed").getAsInt());
    assertEquals("hapax: no message jane/INBOX/7\n", run.err());
    assertEquals(0, items("jane/INBOX"));
    assertEquals(1, runs.run("expunge", "jane/INBOX/1").code());
  }

  @Test
  void expungedMessagesShouldBeListed() {
    changed("expunge", "jane/INBOX/1");
    JsonObject listed =
        runs.json("ls", "jane/INBOX", "--expunged")
            .getAsJsonArray("items")
            .get(0)
            .getAsJsonObject();
    assertTrue(listed.has("expunged"));
    assertEquals("One", listed.get("subject").getAsString());
  }

  @Test
  void moveShouldTakeMessagesToAnotherMailbox() {
    assertEquals(1, changed("move", "jane/INBOX/1", "jane/Work/2026"));
    assertEquals(0, items("jane/INBOX"));
    assertEquals(2, items("jane/Work/2026"));
    assertEquals(0, changed("move", "jane/Work/2026/2", "jane/Work/2026"));
  }

  @Test
  void moveShouldStayInTheAccountAndNeedAMailbox() {
    assertEquals(2, runs.run("move", "jane/INBOX/1", "joe/INBOX").code());
    Run run = runs.run("move", "jane/INBOX/1", "jane/None");
    assertEquals(1, run.code());
    assertEquals("hapax: no mailbox None in account jane\n", run.err());
    assertEquals(1, items("jane/INBOX"));
  }

  @Test
  void mailboxesShouldBeMadeRenamedAndDeleted() {
    assertEquals(1, changed("mailbox", "create", "joe/Träume"));
    assertEquals(0, changed("mailbox", "create", "joe/Träume"));
    assertEquals(1, changed("mailbox", "rename", "jane/Work/2026", "jane/Old/2026"));
    assertEquals(1, items("jane/Old/2026"));
    assertEquals(1, changed("mailbox", "delete", "jane/Old/2026"));
    assertEquals(1, runs.run("ls", "jane/Old/2026").code());
  }

  @Test
  void mailboxShouldSayWhatIsNotPossible() {
    assertEquals(2, runs.run("mailbox").code());
    assertEquals(2, runs.run("mailbox", "create", "jane").code());
    assertEquals(2, runs.run("mailbox", "rename", "jane/INBOX", "joe/INBOX").code());
    Run run = runs.run("mailbox", "delete", "jane/INBOX");
    assertEquals(1, run.code());
    assertEquals("hapax: INBOX can not be deleted (RFC 9051, 6.3.5)\n", run.err());
  }

  private int mailboxesAsOf(String moment) {
    return runs.json("ls", "jane", "--as-of", moment).getAsJsonArray("mailboxes").size();
  }

  @Test
  void asOfShouldShowWhatWasThere() {
    String past = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    String future = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    assertEquals(2, runs.json("ls", "jane").getAsJsonArray("mailboxes").size());
    assertEquals(2, mailboxesAsOf(future));
    Run before = runs.run("ls", "jane", "--as-of", past);
    assertEquals(1, before.code());
    assertEquals("hapax: no account jane at that time\n", before.err());
    assertEquals(1, runs.run("ls", "jane/INBOX", "--as-of", past).code());
    assertEquals(0, runs.json("ls", "--as-of", past).getAsJsonArray("accounts").size());
    String target = "maildir:" + folder.resolve("out");
    assertEquals(1, runs.run("export", "--account", "jane", "--as-of", past, target).code());
    runs.json("export", "--accounts", target, "--as-of", past);
    assertFalse(Files.exists(folder.resolve("out/jane")));
    assertEquals(1, runs.json("ls", "--as-of", future).getAsJsonArray("accounts").size());
  }

  @Test
  void estimateShouldSayWhatAnImportWouldSaveAndWriteNothing() {
    String samples = Projects.samples().resolve("accounts").toString();
    Runs none = new Runs(folder.resolve("none"));
    JsonObject estimate = none.json("estimate", "--accounts", samples);
    assertFalse(Files.exists(folder.resolve("none")));
    none.withSamples();
    JsonObject stats = none.json("stats");
    assertEquals(stats.get("messages"), estimate.get("messages"));
    assertEquals(stats.get("logical_bytes"), estimate.get("logical_bytes"));
    assertEquals(stats.get("unshared"), estimate.get("unshared"));
    double stored = stats.get("stored_bytes").getAsDouble();
    assertEquals(stored, estimate.get("estimated_stored_bytes").getAsDouble(), stored / 4);
    assertEquals(2, none.run("estimate").code());
    assertEquals(1, none.run("estimate", "/no/such").code());
  }
}
