package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hapax.tools.Runs.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that keep a store in order. */
class CareCommandsTest {
  @TempDir Path folder;
  private Runs runs;

  @BeforeEach
  void importSamples() {
    runs = new Runs(folder.resolve("store")).withSamples();
  }

  private Path pack() {
    return folder.resolve("store/packs/p-00000001.pack");
  }

  /** Flips a bit in the first frame, which holds a blob of five messages. */
  private void damage() throws IOException {
    damage(20_000);
  }

  private void damage(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(pack());
    bytes[at] ^= 1;
    Files.write(pack(), bytes);
  }

  @Test
  void verifyShouldFindNothingInAWholeStore() {
    JsonObject report = runs.json("verify");
    assertEquals(20, report.get("messages_checked").getAsInt());
    assertEquals(0, report.get("messages_bad").getAsInt());
    assertEquals(0, report.get("blobs_bad").getAsInt());
    assertEquals(0, report.getAsJsonArray("findings").size());
    assertTrue(runs.run("verify").out().contains("nothing is wrong"));
  }

  @Test
  void verifyShouldFindAFlippedBitAndTellWhichMessagesItCosts() throws IOException {
    damage();
    Run run = runs.run("verify", "--json");
    assertEquals(3, run.code(), run.err());
    assertEquals(5, run.json().get("messages_bad").getAsInt());
    assertEquals(1, run.json().get("blobs_bad").getAsInt());
    assertTrue(run.json().getAsJsonArray("findings").size() >= 1);
    assertTrue(runs.run("verify").out().contains("p-00000001.pack at offset"));
    assertEquals(1, runs.json("stats").get("damaged_blobs").getAsInt());
  }

  @Test
  void damagedMessagesShouldNotBeGivenOutAsWhole() throws IOException {
    damage();
    Run cat = runs.run("cat", "jane/INBOX/1");
    assertEquals(1, cat.code());
    assertTrue(cat.err().contains("p-00000001.pack at offset"), cat.err());
    Run export = runs.run("export", "--accounts", "maildir:" + folder.resolve("out"), "--json");
    assertEquals(3, export.code());
    assertEquals(15, export.json().get("messages").getAsInt());
    assertEquals(5, export.json().getAsJsonArray("failures").size());
  }

  private void importSamplesAgain() {
    JsonObject again =
        runs.json("import", "--accounts", Projects.samples().resolve("accounts").toString());
    assertEquals(20, again.get("messages_known").getAsInt());
    assertEquals(0, again.get("messages_added").getAsInt());
  }

  @Test
  void importingTheSourceAgainShouldHealWhatVerifyFound() throws IOException {
    damage();
    assertEquals(3, runs.run("verify").code());
    importSamplesAgain();
    Run healed = runs.run("verify");
    assertEquals(0, healed.code(), healed.out());
    assertEquals(0, runs.json("stats").get("damaged_blobs").getAsInt());
  }

  /** Flips a bit in the group, which holds all records and the whole change log. */
  private void damageRecordsAndLog() throws IOException {
    damage((int) Files.size(pack()) - 2_000);
  }

  @Test
  void aDamagedLogShouldNotKeepTheStoreFromBeingUsed() throws IOException {
    String before = runs.json("ls", "jane").toString();
    damageRecordsAndLog();
    assertEquals(before, runs.json("ls", "jane").toString());
    Run found = runs.run("verify", "--json");
    assertEquals(3, found.code(), found.err());
    assertEquals(20, found.json().get("messages_bad").getAsInt());
    importSamplesAgain();
    assertEquals(0, runs.run("verify", "--json").json().get("messages_bad").getAsInt());
  }

  @Test
  void rebuildShouldKeepACatalogThatKnowsMoreThanDamagedPacks() throws IOException {
    damageRecordsAndLog();
    Run refused = runs.run("rebuild");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("the catalog is kept"), refused.err());
    Run kept = runs.run("ls", "jane/INBOX", "--json");
    assertEquals(3, kept.code());
    assertTrue(kept.err().contains("p-00000001.pack at offset"), kept.err());
    assertEquals(4, kept.json().getAsJsonArray("items").size());
    String identity = Files.readString(folder.resolve("store/replica"));
    deleteCatalog();
    Run rebuilt = runs.run("rebuild", "--json");
    assertEquals(3, rebuilt.code(), rebuilt.err());
    assertEquals(1, rebuilt.json().getAsJsonArray("findings").size());
    assertNotEquals(identity, Files.readString(folder.resolve("store/replica")));
    assertEquals(0, runs.json("ls").getAsJsonArray("accounts").size());
  }

  private void deleteCatalog() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store/catalog"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
  }

  @Test
  void verifyShouldLookAtASampleOrOneAccount() {
    assertEquals(7, runs.json("verify", "--account", "jane").get("messages_checked").getAsInt());
    assertTrue(runs.json("verify", "--sample", "10%").get("messages_checked").getAsInt() < 20);
    assertEquals(2, runs.run("verify", "--sample", "many").code());
    assertEquals(2, runs.run("verify", "--sample", "0").code());
    assertEquals(1, runs.run("verify", "--account", "joe").code());
  }

  @Test
  void rebuildShouldMakeALostCatalogAnew() throws IOException {
    String before = runs.json("ls", "jane/INBOX").toString();
    deleteCatalog();
    assertTrue(runs.json("rebuild").get("seconds").getAsDouble() > 0);
    assertEquals(before, runs.json("ls", "jane/INBOX").toString());
    assertEquals(0, runs.json("verify").getAsJsonArray("findings").size());
  }

  private void expungeAllButTwo() {
    List<String> words = new ArrayList<>(List.of("expunge"));
    for (String mailbox :
        List.of(
            "jane/INBOX",
            "jane/Sent",
            "jane/Projects/North Quay",
            "omar/INBOX",
            "omar/Sent",
            "omar/Projects/North Quay",
            "lin/INBOX")) {
      for (int uid = 1; uid <= 5; uid++) {
        words.add(mailbox + "/" + uid);
      }
    }
    assertEquals(3, runs.run(words.toArray(String[]::new)).code());
  }

  @Test
  void sweepShouldGiveSpaceBackOnceMailIsLetGo() throws IOException {
    expungeAllButTwo();
    JsonObject plan = runs.json("sweep", "--dry-run", "--now");
    assertEquals(18, plan.get("expunged_items").getAsInt());
    assertEquals(0, runs.json("sweep").get("bytes_freed").getAsLong());
    assertEquals(20, runs.json("stats").get("messages").getAsInt());
    JsonObject swept = runs.json("sweep", "--now");
    assertTrue(swept.get("bytes_freed").getAsLong() > 100_000, swept.toString());
    assertTrue(swept.get("blobs_removed").getAsInt() > 4, swept.toString());
    assertEquals(2, runs.json("stats").get("messages").getAsInt());
    assertEquals(0, runs.run("verify").code());
  }

  @Test
  void sweepShouldRememberHowLongToKeep() throws IOException {
    assertEquals(30, runs.json("stats").get("retention_days").getAsInt());
    assertEquals(30, runs.json("sweep").get("retention_days").getAsInt());
    Run kept = runs.run("sweep", "--keep", "365");
    assertTrue(kept.out().contains("messages are kept for 365 days after they were"), kept.out());
    assertEquals(365, runs.json("sweep").get("retention_days").getAsInt());
    assertEquals(365, runs.json("stats").get("retention_days").getAsInt());
    assertTrue(runs.run("stats").out().contains("Messages are kept for 365 days"));
    expungeAllButTwo();
    JsonObject plan = runs.json("sweep", "--dry-run", "--keep", "0");
    assertEquals(18, plan.get("expunged_items").getAsInt());
    assertEquals(0, plan.get("retention_days").getAsInt());
    assertEquals(0, runs.json("sweep", "--dry-run").get("expunged_items").getAsInt());
    assertEquals(365, runs.json("sweep", "--now", "--dry-run").get("retention_days").getAsInt());
    assertEquals(36_500, runs.json("sweep", "--keep", "36500").get("retention_days").getAsInt());
    assertEquals(0, runs.json("sweep", "--dry-run").get("expunged_items").getAsInt());
    Run none = runs.run("sweep", "--keep", "0");
    assertTrue(none.out().contains("kept for 0 days"), none.out());
    assertEquals(0, runs.json("sweep", "--dry-run", "--now").get("expunged_items").getAsInt());
    runs.json("sweep", "--keep", "1");
    assertTrue(runs.run("sweep").out().contains("kept for 1 day after"));
    runs.json("sweep", "--now");
    assertEquals(1, runs.json("stats").get("retention_days").getAsInt(), "--now is not kept");
    assertEquals(0, runs.json("verify").get("messages_bad").getAsInt());
  }

  @Test
  void sweepShouldRefuseDaysThatAreNone() {
    for (String days : List.of("-1", "36501", "1.5", "x", "99999999999", "")) {
      Run run = runs.run("sweep", "--keep", days);
      assertEquals(2, run.code(), days);
      assertTrue(run.err().contains("--keep") || run.err().contains("0 to 36500"), run.err());
    }
    Run both = runs.run("sweep", "--keep", "3", "--now");
    assertEquals(2, both.code());
    assertTrue(both.err().contains("not both"), both.err());
    assertEquals(30, runs.json("stats").get("retention_days").getAsInt());
  }

  @Test
  void dryRunShouldCountWhatWasInDeletedMailboxes() {
    long letGo = runs.json("ls", "jane/INBOX").getAsJsonArray("items").size();
    for (JsonElement each : runs.json("ls", "jane").getAsJsonArray("mailboxes")) {
      JsonObject mailbox = each.getAsJsonObject();
      if (!mailbox.get("name").getAsString().equals("INBOX")) {
        letGo += mailbox.get("items").getAsLong();
        runs.json("mailbox", "delete", "jane/" + mailbox.get("name").getAsString());
      }
    }
    for (JsonElement each : runs.json("ls", "jane/INBOX").getAsJsonArray("items")) {
      runs.json("expunge", "jane/INBOX/" + each.getAsJsonObject().get("uid"));
    }
    JsonObject plan = runs.json("sweep", "--dry-run", "--now");
    assertEquals(letGo, plan.get("expunged_items").getAsLong());
    assertEquals(0, runs.json("sweep", "--dry-run").get("expunged_items").getAsLong());
    runs.json("sweep", "--now");
    assertEquals(0, runs.json("sweep", "--dry-run", "--now").get("expunged_items").getAsLong());
    assertEquals(0, runs.json("ls", "jane", "--expunged").getAsJsonArray("mailboxes").size());
  }

  @Test
  void dumpShouldShowWhatAStoreNotesForItself() {
    runs.json("sweep", "--keep", "365");
    runs.json("expunge", "jane/INBOX/1");
    runs.json("sweep", "--keep", "0");
    String dump = runs.run("dump", pack().toString()).out();
    assertTrue(dump.contains("this store keeps what is expunged for 365 days"), dump);
    assertTrue(dump.contains("account jane: what was expunged before 20"), dump);
  }

  @Test
  void dumpShouldShowPacksAndRecords() {
    Run pack = runs.run("dump", pack().toString());
    assertEquals(0, pack.code(), pack.err());
    assertTrue(pack.out().startsWith("pack 1 of store "), pack.out());
    assertTrue(pack.out().contains(" bytes: 20"), "changes in words, each with its moment");
    assertTrue(pack.out().contains("jane: MailboxCreated[mailbox="), pack.out());
    Run record = runs.run("dump", "jane/INBOX/1");
    assertTrue(record.out().contains("base64 76"), record.out());
    assertEquals(2, runs.run("dump", "nothing").code());
  }

  @Test
  void exportShouldGiveEveryAccountBackAndOverwriteNothing() {
    String target = "maildir:" + folder.resolve("out");
    assertEquals(20, runs.json("export", "--accounts", target).get("messages").getAsInt());
    Run again = runs.run("export", "--accounts", target);
    assertEquals(1, again.code());
    assertTrue(again.err().contains("nothing is overwritten"), again.err());
    Runs second = new Runs(folder.resolve("second"));
    second.json("import", "--accounts", folder.resolve("out").toString());
    assertEquals(runs.json("ls").toString(), second.json("ls").toString());
  }

  @Test
  void exportShouldRefuseWordsThatMakeNoSenseTogether() {
    assertEquals(2, runs.run("export", "maildir:x").code());
    assertEquals(2, runs.run("export", "--account", "jane").code());
    assertEquals(2, runs.run("export", "--account", "jane", "zip:x").code());
    assertEquals(2, runs.run("export", "--accounts", "maildir:x", "--account", "jane").code());
    assertEquals(
        1, runs.run("export", "--account", "jane", "--mailbox", "No", "mbox:" + folder).code());
  }
}
