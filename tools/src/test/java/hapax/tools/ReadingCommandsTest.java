package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hapax.tools.Runs.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change nothing, on the mail that the project carries. */
class ReadingCommandsTest {
  @TempDir static Path folder;
  private static Runs runs;

  @BeforeAll
  static void importSamples() {
    runs = new Runs(folder.resolve("store")).withSamples();
  }

  /** The samples' messages by digest. */
  private static Map<String, byte[]> samples() throws IOException, NoSuchAlgorithmException {
    Map<String, byte[]> samples = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Projects.samples().resolve("accounts"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!file.endsWith("dovecot-keywords")) {
          byte[] bytes = Files.readAllBytes(file);
          byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
          samples.put(HexFormat.of().formatHex(digest), bytes);
        }
      }
    }
    return samples;
  }

  @Test
  void lsShouldListAccounts() {
    JsonArray accounts = runs.json("ls").getAsJsonArray("accounts");
    assertEquals(3, accounts.size());
    assertEquals("{\"name\":\"jane\",\"mailboxes\":4,\"items\":7}", accounts.get(0).toString());
    assertTrue(runs.run("ls").out().contains("jane"));
  }

  @Test
  void lsShouldListMailboxesOfAnAccount() {
    JsonArray mailboxes = runs.json("ls", "jane").getAsJsonArray("mailboxes");
    assertEquals("INBOX", mailboxes.get(0).getAsJsonObject().get("name").getAsString());
    assertEquals("Entwürfe", mailboxes.get(1).getAsJsonObject().get("name").getAsString());
    assertEquals(
        "Projects/North Quay", mailboxes.get(2).getAsJsonObject().get("name").getAsString());
  }

  @Test
  void lsShouldListItemsOfAMailbox() {
    JsonArray items = runs.json("ls", "jane/INBOX").getAsJsonArray("items");
    JsonObject lunch = items.get(2).getAsJsonObject();
    assertEquals(4, items.size());
    assertEquals(3, lunch.get("uid").getAsInt());
    assertEquals("Lunch?", lunch.get("subject").getAsString());
    assertEquals("Lin Sørensen <lin@harbour.example>", lunch.get("from").getAsString());
    assertEquals("[\"\\\\Answered\",\"\\\\Seen\",\"lunch\"]", lunch.get("flags").toString());
    assertTrue(runs.run("ls", "jane/INBOX").out().contains("Lin Sørensen"));
  }

  @Test
  void lsShouldSayWhatIsNotThere() {
    assertEquals("hapax: no account joe\n", runs.run("ls", "joe").err());
    assertEquals("hapax: no mailbox Old in account jane\n", runs.run("ls", "jane/Old").err());
    assertEquals(1, runs.run("ls", "joe").code());
  }

  @Test
  void lsShouldRefuseATimeThatIsNone() {
    Run run = runs.run("ls", "jane", "--as-of", "yesterday");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("found 'yesterday'"), run.err());
  }

  @Test
  void catShouldGiveEveryMessageBackByteForByte() throws Exception {
    int messages = 0;
    for (Map.Entry<String, byte[]> sample : samples().entrySet()) {
      Run run = runs.run("cat", sample.getKey());
      assertEquals(0, run.code(), run.err());
      assertArrayEquals(sample.getValue(), run.bytes());
      messages++;
    }
    assertEquals(20, messages);
  }

  @Test
  void catShouldTakeItemsAndBeginningsOfDigests() throws Exception {
    JsonObject item =
        runs.json("ls", "omar/Projects/North Quay")
            .getAsJsonArray("items")
            .get(0)
            .getAsJsonObject();
    String digest = item.get("digest").getAsString();
    byte[] expected = samples().get(digest);
    assertArrayEquals(expected, runs.run("cat", "omar/Projects/North Quay/1").bytes());
    assertArrayEquals(expected, runs.run("cat", digest.substring(0, 8)).bytes());
  }

  @Test
  void catShouldSayWhatIsNotThere() {
    assertEquals("hapax: no message jane/INBOX/99\n", runs.run("cat", "jane/INBOX/99").err());
    assertEquals("hapax: no message 01234567\n", runs.run("cat", "01234567").err());
    assertEquals(1, runs.run("cat", "0".repeat(64)).code());
    assertEquals(2, runs.run("cat", "x").code());
    assertEquals(2, runs.run("cat", "jane/INBOX/0").code());
  }

  @Test
  void catIntoAClosedPipeShouldEndWithoutAWord() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings process =
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            closed,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("HAPAX_STORE", folder.resolve("store").toString()),
            false);
    assertEquals(1, Hapax.run(process, "cat", "jane/INBOX/1"));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void showShouldTellPartsAndWhoSharesThem() {
    JsonObject structure = runs.json("show", "jane/INBOX/1");
    JsonObject minutes = null;
    long length = 0;
    for (JsonElement element : structure.getAsJsonArray("segments")) {
      JsonObject segment = element.getAsJsonObject();
      assertEquals(length, segment.get("offset").getAsLong());
      length += segment.get("length").getAsLong();
      if (segment.has("name") && segment.get("name").getAsString().equals("Minutes 2026-02.pdf")) {
        minutes = segment;
      }
    }
    assertEquals(structure.get("length").getAsLong(), length);
    assertEquals("application/pdf", minutes.get("type").getAsString());
    assertEquals(5, minutes.get("messages").getAsInt());
    assertTrue(runs.run("show", "jane/INBOX/1").out().contains("in 5 messages"));
  }

  @Test
  void statsShouldAddUp() throws Exception {
    JsonObject stats = runs.json("stats");
    long logical = samples().values().stream().mapToLong(message -> message.length).sum();
    assertEquals(20, stats.get("messages").getAsLong());
    assertEquals(20, stats.get("items").getAsLong());
    assertEquals(logical, stats.get("logical_bytes").getAsLong());
    assertEquals(StoreFigures.size(folder.resolve("store")), stats.get("stored_bytes").getAsLong());
    assertTrue(stats.get("stored_bytes").getAsLong() < logical / 2);
    assertTrue(stats.getAsJsonObject("unshared").has("structure"));
  }

  @Test
  void statsShouldExplainThemselves() {
    String out = runs.run("stats").out();
    assertTrue(out.contains("Came in"), out);
    assertTrue(out.contains("Minutes 2026-02.pdf"), out);
    assertTrue(out.contains("headers, boundaries"), out);
  }
}
