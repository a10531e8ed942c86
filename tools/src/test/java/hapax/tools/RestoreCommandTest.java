package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hapax.tools.Runs.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Expunged messages, as they are listed and named to be restored. */
@Timeout(120)
class RestoreCommandTest {
  @TempDir Path folder;
  private Runs runs;

  @BeforeEach
  void aStore() {
    runs = new Runs(folder.resolve("store"));
  }

  private static void deliver(Runs to, String mailbox, String subject) {
    byte[] message =
        ("Subject: " + subject + "\r\n\r\nbody " + subject + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    Run run = to.run(message, "import", "--account", "jane", "--mailbox", mailbox, "-");
    assertEquals(0, run.code(), run.err());
  }

  /** Work had m1 and m2 and was deleted; another Work had m3, which was expunged. */
  private void twoGenerations() {
    deliver(runs, "Work", "m1");
    deliver(runs, "Work", "m2");
    runs.json("mailbox", "delete", "jane/Work");
    deliver(runs, "Work", "m3");
    runs.json("expunge", "jane/Work/1");
  }

  /** One message on each of two sides got UID 1 and was expunged before they met. */
  private void twoWithoutUid() {
    Runs other = new Runs(folder.resolve("other"));
    runs.json("mailbox", "create", "jane/INBOX");
    other.json("mailbox", "create", "jane/INBOX");
    deliver(runs, "INBOX", "m1");
    deliver(other, "INBOX", "m2");
    runs.json("expunge", "jane/INBOX/1");
    other.json("expunge", "jane/INBOX/1");
    runs.json("sync", folder.resolve("other").toString());
  }

  private List<JsonObject> items(String... words) {
    JsonArray items = runs.json(words).getAsJsonArray("items");
    List<JsonObject> list = new ArrayList<>();
    for (JsonElement item : items) {
      list.add(item.getAsJsonObject());
    }
    return list;
  }

  private List<JsonObject> expunged(String mailbox) {
    return items("ls", mailbox, "--expunged");
  }

  private static List<String> subjects(List<JsonObject> items) {
    return items.stream().map(item -> item.get("subject").getAsString()).sorted().toList();
  }

  private List<String> shown(String mailbox) {
    return subjects(items("ls", mailbox));
  }

  private String digest(String mailbox, String subject) {
    return expunged(mailbox).stream()
        .filter(item -> item.get("subject").getAsString().equals(subject))
        .findFirst()
        .orElseThrow()
        .get("digest")
        .getAsString();
  }

  private void assertFails(int code, String err, String... words) {
    Run run = runs.run(words);
    assertEquals(err, run.err());
    assertEquals(code, run.code());
  }

  @Test
  void listShouldShowAllMailboxesThatHadTheName() {
    twoGenerations();
    List<JsonObject> listed = expunged("jane/Work");
    assertEquals(List.of("m1", "m2", "m3"), subjects(listed));
    long first = listed.get(0).get("uid_validity").getAsLong();
    assertEquals(first, listed.get(1).get("uid_validity").getAsLong());
    assertNotEquals(first, listed.get(2).get("uid_validity").getAsLong());
    assertEquals("m3", listed.get(2).get("subject").getAsString(), "oldest mailbox first");
    List<String> lines = runs.run("ls", "jane/Work", "--expunged").out().lines().toList();
    assertTrue(lines.get(0).matches(first + " {7}[12] {2}\\d.*"), lines::toString);
    List<String> deleted = runs.run("ls", "jane", "--expunged").out().lines().toList();
    assertTrue(deleted.get(0).matches("Work .*" + first + ".*2 messages"), deleted::toString);
  }

  @Test
  void listShouldShowADeletedMailboxWhenNoneOfTheNameIsThere() {
    twoGenerations();
    runs.json("mailbox", "delete", "jane/Work");
    assertEquals(List.of("m1", "m2", "m3"), subjects(expunged("jane/Work")));
    String none = "hapax: no mailbox Never in account jane, nor a deleted one\n";
    assertFails(1, none, "ls", "jane/Never", "--expunged");
    assertFails(1, none, "restore", "jane/Never");
  }

  @Test
  void restoreOfAllShouldBringBackWhatIsListed() {
    twoGenerations();
    assertEquals(3, runs.json("restore", "jane/Work").get("changed").getAsInt());
    assertEquals(List.of("m1", "m2", "m3"), shown("jane/Work"));
    assertEquals(List.of(), subjects(expunged("jane/Work")), "there is no more to restore");
    assertEquals(List.of(), runs.run("ls", "jane", "--expunged").out().lines().toList());
  }

  @Test
  void uidOfSeveralMailboxesShouldBeRefused() {
    twoGenerations();
    String refusal =
        "hapax: more than one expunged message was jane/Work/1: name it by --digest, as"
            + " 'ls --expunged' shows it\n";
    assertFails(1, refusal, "restore", "jane/Work", "--uid", "1");
    assertEquals(List.of(), shown("jane/Work"));
    assertFails(3, refusal, "restore", "jane/Work", "--uid", "1", "--uid", "2");
    assertEquals(List.of("m2"), shown("jane/Work"));
  }

  @Test
  void digestShouldNameOneMessage() {
    twoGenerations();
    String beginning = digest("jane/Work", "m3").substring(0, 12);
    runs.json("restore", "jane/Work", "--digest", beginning);
    assertEquals(List.of("m3"), shown("jane/Work"));
    runs.json("restore", "jane/Work", "--digest", digest("jane/Work", "m1"), "--uid", "2");
    assertEquals(List.of("m1", "m2", "m3"), shown("jane/Work"));
  }

  @Test
  void digestShouldBringBackOneOfSeveralCopies() {
    deliver(runs, "Work", "m1");
    runs.json("flag", "jane/Work/1", "+earlier");
    runs.json("mailbox", "delete", "jane/Work");
    deliver(runs, "Work", "m1");
    runs.json("flag", "jane/Work/1", "+later");
    runs.json("expunge", "jane/Work/1");
    String digest = digest("jane/Work", "m1");
    assertEquals(
        1, runs.json("restore", "jane/Work", "--digest", digest).get("changed").getAsInt());
    assertEquals("[\"later\"]", items("ls", "jane/Work").get(0).get("flags").toString());
    assertEquals(
        0, runs.json("restore", "jane/Work", "--digest", digest).get("changed").getAsInt());
  }

  @Test
  void whatIsNotThereShouldBeTold() {
    twoGenerations();
    String none = "hapax: no expunged message jane/Work/77\n";
    assertFails(1, none, "restore", "jane/Work", "--uid", "77");
    assertFails(3, none, "restore", "jane/Work", "--uid", "77", "--uid", "2");
    assertEquals(List.of("m2"), shown("jane/Work"));
    assertFails(
        1,
        "hapax: no expunged message 01234567 in jane/Work\n",
        "restore",
        "jane/Work",
        "--digest",
        "01234567");
    assertFails(
        1,
        "hapax: no expunged message jane/Work/2 since 2999-01-01T00:00:00Z\n",
        "restore",
        "jane/Work",
        "--uid",
        "2",
        "--since",
        "2999-01-01T00:00:00Z");
  }

  @Test
  void itemWithoutUidShouldBeListedWithNone() {
    twoWithoutUid();
    List<JsonObject> listed = expunged("jane/INBOX");
    assertEquals(List.of("m1", "m2"), subjects(listed));
    listed.forEach(item -> assertTrue(item.get("uid").isJsonNull(), item::toString));
    List<String> lines = runs.run("ls", "jane/INBOX", "--expunged").out().lines().toList();
    lines.forEach(line -> assertTrue(line.matches("\\d+ {7}- {2}\\d.*"), line));
  }

  @Test
  void itemWithoutUidShouldBeRestoredByItsDigest() {
    twoWithoutUid();
    String none = "hapax: no expunged message jane/INBOX/1\n";
    assertFails(1, none, "restore", "jane/INBOX", "--uid", "1");
    runs.json("restore", "jane/INBOX", "--digest", digest("jane/INBOX", "m2"));
    assertEquals(List.of("m2"), shown("jane/INBOX"));
  }

  @Test
  void wordsThatNameNoMessageShouldBeMisuse() {
    twoWithoutUid();
    for (String uid : List.of("0", "-1", "4294967296")) {
      Run run = runs.run("restore", "jane/INBOX", "--uid=" + uid);
      assertEquals(2, run.code());
      String told = "hapax: expected a UID from 1 to 4294967295, found " + uid + "\n";
      assertTrue(run.err().startsWith(told), run::err);
    }
    assertEquals(List.of(), shown("jane/INBOX"));
    assertEquals(2, runs.run("restore", "jane/INBOX", "--digest", "jane/INBOX/1").code());
    assertEquals(2, runs.run("restore", "jane/INBOX", "--digest", "0123").code());
  }
}
