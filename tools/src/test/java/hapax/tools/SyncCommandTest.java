package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SyncCommandTest {
  @TempDir Path folder;
  private Runs here;
  private Runs there;

  @BeforeEach
  void stores() {
    here = new Runs(folder.resolve("here")).withSamples();
    there = new Runs(folder.resolve("there"));
  }

  private void assertSame() {
    assertEquals(here.json("ls"), there.json("ls"));
    assertEquals(0, there.json("verify").get("messages_bad").getAsLong());
  }

  @Test
  void folderOfAnotherStoreShouldGetEverything() {
    JsonObject report = here.json("sync", folder.resolve("there").toString());
    assertTrue(report.get("changes_sent").getAsLong() > 0);
    assertEquals(0, report.get("changes_received").getAsLong());
    assertSame();
    JsonObject again = here.json("sync", folder.resolve("there").toString());
    assertEquals(1, again.get("round_trips").getAsInt());
    assertEquals(1, here.json("peers").get("peers").getAsJsonArray().size());
  }

  @Test
  void startedCommandShouldGetEverything() {
    JsonObject report = here.json("sync", server("there"));
    assertTrue(report.get("changes_sent").getAsLong() > 0);
    assertSame();
  }

  /** The target that starts a program for a store of this name. */
  private String server(String store) {
    return "exec:'"
        + Path.of(System.getProperty("java.home"), "bin", "java")
        + "' -cp '"
        + System.getProperty("java.class.path")
        + "' hapax.tools.Main --store '"
        + folder.resolve(store)
        + "' sync-server";
  }

  /** The command starts before the store here is opened. */
  @Test
  void whereTheOwnStoreDoesNotOpenNoOtherShouldBeMade() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "x");
    assertFails(
        other + " is no store and has other files (letter.txt); a store needs its own folder",
        new Runs(other),
        "sync",
        server("there"));
    assertFalse(Files.exists(folder.resolve("there")));
  }

  /** As an ssh that asks for a password does. */
  @Test
  @Timeout(8)
  void whereTheOwnStoreDoesNotOpenNoCommandShouldBeWaitedFor() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "x");
    assertFails(
        other + " is no store and has other files (letter.txt); a store needs its own folder",
        new Runs(other),
        "sync",
        "exec:exec sleep 60");
  }

  @Test
  void serverWhoseCallerSaysNothingShouldMakeNoStore() {
    Runs.Run run = there.run("sync-server");
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertFalse(Files.exists(folder.resolve("there")));
  }

  private void pull() {
    there.json("sync", "--direction", "pull", folder.resolve("here").toString());
  }

  private static long items(Runs store, String... words) {
    return store.json(words).getAsJsonArray("items").size();
  }

  private String digest(Runs store, int uid) {
    for (var item : store.json("ls", "jane/INBOX").getAsJsonArray("items")) {
      if (item.getAsJsonObject().get("uid").getAsInt() == uid) {
        return item.getAsJsonObject().get("digest").getAsString();
      }
    }
    throw new AssertionError("no UID " + uid);
  }

  /** Waits until the clock shows another time, and gives that. */
  private static String moment() {
    Instant start = Instant.now();
    Awaitility.await().until(() -> Instant.now().toEpochMilli() > start.toEpochMilli() + 1);
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  @Test
  void backupShouldKeepWhatItsSourceLetsGoOf() {
    there.json("sync", folder.resolve("here").toString());
    there.json("sweep", "--keep", "365");
    long all = items(here, "ls", "jane/INBOX");
    String digest = digest(here, 1);
    String before = moment();
    moment();
    here.json("expunge", "jane/INBOX/1");
    pull();
    here.json("sweep", "--now");
    pull();
    there.json("sweep");
    assertEquals(0, items(here, "ls", "jane/INBOX", "--expunged"));
    assertEquals(1, here.run("ls", "jane/INBOX", "--as-of", before).code());
    assertEquals(1, items(there, "ls", "jane/INBOX", "--expunged"));
    assertEquals(all, items(there, "ls", "jane/INBOX", "--as-of", before));
    String out = "maildir:" + folder.resolve("out");
    there.json("export", "--accounts", out, "--as-of", before);
    assertEquals(0, there.json("verify").getAsJsonArray("findings").size());
    assertEquals(1, there.json("restore", "jane/INBOX", "--uid", "1").get("changed").getAsInt());
    here.json("sync", folder.resolve("there").toString());
    assertEquals(all, items(here, "ls", "jane/INBOX"));
    assertEquals(0, here.run("cat", digest).code());
    assertSame();
  }

  @Test
  void viewOfThePastShouldTellWhatItLacks() {
    there.json("sync", folder.resolve("here").toString());
    Path mail = Projects.samples().resolve("accounts").resolve("jane");
    here.json("import", "--account", "jane", "--mailbox", "Late", mail.toString());
    String between = moment();
    moment();
    long late = 0;
    for (var each : here.json("ls", "jane").getAsJsonArray("mailboxes")) {
      String name = each.getAsJsonObject().get("name").getAsString();
      if (name.startsWith("Late")) {
        late += each.getAsJsonObject().get("items").getAsLong();
        here.json("mailbox", "delete", "jane/" + name);
      }
    }
    here.json("sweep", "--now");
    pull();
    Runs.Run listed = there.run("ls", "jane", "--as-of", between);
    assertEquals(3, listed.code());
    assertTrue(
        listed.err().contains("account jane lacks " + late + " messages of that time"),
        listed.err());
    for (String place : new String[] {"jane", "jane/INBOX"}) {
      Runs.Run told = there.run("ls", place, "--as-of", between, "--json", "--quiet");
      assertEquals(3, told.code());
      assertEquals(late, told.json().get("messages_missing").getAsLong());
    }
    Runs.Run accounts = there.run("ls", "--as-of", between, "--json");
    assertEquals(late, accounts.json().get("messages_missing").getAsLong());
    assertFalse(there.json("ls", "jane").has("messages_missing"));
    Runs.Run all =
        there.run("export", "--accounts", "eml:" + folder.resolve("out"), "--as-of", between);
    assertEquals(3, all.code(), all.err());
    assertEquals(0, there.run("ls", "jane").code());
    assertEquals(0, there.run("ls", "omar", "--as-of", between).code());
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(Files.createDirectories(file.getParent()).resolve(file.getFileName()), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** An ssh that notes its words and has this machine's shell do what the far one would. */
  private static final String SSH =
      """
      #!/bin/sh
      printf '[%s]' "$@" >"$HOME/ssh.log"
      shift 2
      exec sh -c "$*"
      """;

  private static final String HAPAX =
      """
      #!/bin/sh
      exec '%s' -cp '%s' hapax.tools.Main "$@"
      """
          .formatted(
              Path.of(System.getProperty("java.home"), "bin", "java"),
              System.getProperty("java.class.path"));

  private String overSsh(String... words) throws IOException, InterruptedException {
    script(folder.resolve("bin/ssh"), SSH);
    script(folder.resolve("bin/hapax"), HAPAX);
    List<String> command = new ArrayList<>(List.of(folder.resolve("bin/hapax").toString()));
    command.addAll(List.of("--store", folder.resolve("here").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return Files.readString(folder.resolve("ssh.log"));
  }

  @Test
  void sshShouldBeToldToRunTheServerOnTheFarSide() throws Exception {
    assertEquals(
        "[--][jane@mail.example.org][hapax][--store][~/'there'][sync-server]",
        overSsh("sync", "ssh:jane@mail.example.org:~/there"));
    assertSame();
  }

  @Test
  void farSideThatSaysNothingShouldBeToldInOneLine() {
    Runs.Run run = here.run("sync", "exec:true");
    assertEquals(1, run.code());
    assertEquals("hapax: the other side ended before it said anything\n", run.err());
  }

  @Test
  void commandThatIsNoServerShouldBeToldInOneLine() {
    Runs.Run run = here.run("sync", "exec:echo hello");
    assertEquals(1, run.code());
    assertEquals("hapax: line at offset 0: expected a kind of frame, found 104\n", run.err());
  }

  @Test
  void directionPullShouldSendNothing() {
    there.run("mailbox", "create", "someone/INBOX");
    here.json("sync", "--direction", "pull", folder.resolve("there").toString());
    assertEquals(1, there.json("ls").get("accounts").getAsJsonArray().size());
    there.json("sync", "--direction", "pull", folder.resolve("here").toString());
    assertSame();
  }

  private static void assertFails(String line, Runs store, String... words) {
    Runs.Run run = store.run(words);
    assertEquals(1, run.code(), run.err());
    assertEquals("hapax: " + line + "\n", run.err());
  }

  @Test
  void pullFromWhereNoStoreIsShouldMakeNone() throws IOException {
    Path none = folder.resolve("none");
    Runs fresh = new Runs(folder.resolve("fresh"));
    assertFails(none + ": no store there", here, "sync", "--direction", "pull", none.toString());
    assertFails(none + ": no store there", fresh, "sync", "--direction", "pull", none.toString());
    assertFalse(Files.exists(none));
    assertFalse(Files.exists(folder.resolve("fresh")));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertFails(empty + ": no store there", fresh, "sync", "--direction", "pull", empty.toString());
    assertFalse(Files.exists(folder.resolve("fresh")));
    assertEquals(0, empty.toFile().list().length);
    assertEquals(0, here.run("sync", "--direction", "push", empty.toString()).code());
    assertEquals(here.json("ls"), new Runs(empty).json("ls"));
  }

  @Test
  void folderOfSomethingElseShouldBeLeftAlone() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path file = Files.writeString(other.resolve("letter.txt"), "x");
    String line =
        other + " is no store and has other files (letter.txt); a store needs its own folder";
    assertFails(line, here, "sync", other.toString());
    assertFails(line, here, "sync", "--direction", "push", other.toString());
    String samples = Projects.samples().resolve("accounts").toString();
    assertFails(line, new Runs(other), "import", "--accounts", samples);
    assertEquals(List.of("letter.txt"), List.of(other.toFile().list()));
    assertFails(file + ": is not a folder", here, "sync", file.toString());
  }

  @Test
  void storeItselfShouldBeToldSo() throws IOException {
    Path self = folder.resolve("here");
    assertFails(self + " is this store itself; a sync needs another", here, "sync", self + "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), self);
    assertFails(link + " is this store itself; a sync needs another", here, "sync", link + "");
  }

  @Test
  void nameThatNoAccountCanHaveShouldBeRefused() {
    for (String name : List.of("", "../x", "jane/INBOX")) {
      Runs.Run run = here.run("sync", "--account", name, folder.resolve("there").toString());
      assertEquals(2, run.code(), run.err());
      assertTrue(run.err().startsWith("hapax: name of account \"" + name + "\": "), run.err());
      assertEquals(2, there.run("sync-server", "--account", name).code());
    }
    assertFalse(Files.exists(folder.resolve("there")));
  }

  @Test
  void accountThatNeitherSideHasShouldBeTold() {
    String other = folder.resolve("there").toString();
    Runs.Run run = here.run("sync", "--account", "jnae", "--account", "jane", other, "--json");
    assertEquals(3, run.code(), run.err());
    String line = "no account jnae, neither here nor on the other side";
    assertEquals("hapax: " + line + "\n", run.err());
    assertEquals("[\"" + line + "\"]", run.json().get("failures").toString());
    assertEquals(1, there.json("ls").getAsJsonArray("accounts").size());
    assertEquals(3, here.run("sync", "--account", "jnae", other).code());
    assertEquals(0, here.run("sync", "--account", "jane", other).code());
    assertEquals(0, here.run("sync", "--account", "lin", "--direction", "pull", other).code());
  }

  @Test
  void bundleShouldCarryEverythingAndBeShown() {
    String bundle = folder.resolve("mail.bundle").toString();
    String peer = here.json("peers").get("replica").getAsString();
    there.run("mailbox", "create", "someone/INBOX");
    String far = there.json("peers").get("replica").getAsString();
    JsonObject written = here.json("bundle", "write", bundle, "--for", far);
    assertEquals(0, written.get("debts").getAsJsonArray().size());
    JsonObject shown = here.json("bundle", "show", bundle);
    assertEquals(written.get("changes"), shown.get("changes"));
    assertEquals(peer, shown.get("from").getAsString());
    JsonObject applied = there.json("bundle", "apply", bundle);
    assertEquals(written.get("changes"), applied.get("changes"));
    assertEquals(0, there.json("bundle", "apply", bundle).get("changes").getAsLong());
    assertTrue(here.run("dump", bundle).out().contains("Added"));
    assertEquals(0, there.json("verify").get("messages_bad").getAsLong());
  }

  @Test
  void bundleThatCanNotBeWrittenShouldLeaveNothing() throws IOException {
    Path bundle = folder.resolve("mail.bundle");
    String self = here.json("peers").get("replica").getAsString();
    assertFails(
        "a store needs no bundle for itself",
        here,
        "bundle",
        "write",
        bundle.toString(),
        "--for",
        self);
    assertEquals(2, here.run("bundle", "write", bundle.toString(), "--for", "nobody").code());
    Path taken = Files.createDirectory(folder.resolve("taken"));
    String[] words = {"bundle", "write", taken.toString(), "--for", "0123456789abcdef"};
    assertFails(taken + " is a folder", here, words);
    assertEquals(List.of("here", "taken"), names());
    Files.createSymbolicLink(folder.resolve("mail.bundle.part"), Path.of("/dev/full"));
    words[2] = bundle.toString();
    assertFails("No space left on device", here, words);
    assertEquals(List.of("here", "taken"), names());
  }

  private List<String> names() {
    return Stream.of(folder.toFile().list()).sorted().toList();
  }

  @Test
  void bytesBehindTheEndOfABundleShouldBeTold() throws IOException {
    Path bundle = folder.resolve("mail.bundle");
    here.json("bundle", "write", bundle.toString(), "--for", "0123456789abcdef");
    long length = Files.size(bundle);
    Files.write(bundle, new byte[] {0}, StandardOpenOption.APPEND);
    String line = bundle + " at offset " + length + ": expected the end, found more bytes";
    assertFails(line, there, "bundle", "apply", bundle.toString());
    assertFails(line, there, "bundle", "show", bundle.toString());
    assertSame();
  }

  @Test
  void whatABundleCanNotContainShouldBeListed() throws IOException {
    String bundle = folder.resolve("mail.bundle").toString();
    there.run("mailbox", "create", "someone/INBOX");
    String far = there.json("peers").get("replica").getAsString();
    assertEquals(0, here.json("peers").getAsJsonArray("debts").size());
    Path pack = folder.resolve("here/packs/p-00000001.pack");
    byte[] bytes = Files.readAllBytes(pack);
    bytes[20_000] ^= 1;
    Files.write(pack, bytes);
    assertEquals(3, here.run("bundle", "write", bundle, "--for", far).code());
    JsonObject debt = firstDebt(here);
    assertEquals(far, debt.get("replica").getAsString());
    assertTrue(debt.get("ours").getAsBoolean());
    assertTrue(debt.get("reason").getAsString().endsWith("can not be read here"));
    assertTrue(debt.has("since"));
    String line = "owed to " + far + " since ";
    assertTrue(here.run("peers").out().contains(line));
    assertEquals(3, there.run("bundle", "apply", bundle).code());
    assertEquals(debt.get("account"), firstDebt(there).get("account"));
    assertTrue(!firstDebt(there).get("ours").getAsBoolean());
    assertTrue(there.run("peers").out().contains("owed by "));
  }

  @Test
  void retiredPeerShouldGoFromTheListAndMayComeAgain() {
    here.json("sync", folder.resolve("there").toString());
    String far = there.json("peers").get("replica").getAsString();
    assertEquals(0, here.json("peers").getAsJsonArray("retired").size());
    JsonObject report = here.json("peers", "--retire", far.substring(0, 5));
    assertEquals(far, report.getAsJsonArray("retired").get(0).getAsString());
    assertEquals(0, report.getAsJsonArray("peers").size());
    assertEquals(0, here.json("peers").getAsJsonArray("peers").size());
    here.json("sync", folder.resolve("there").toString());
    assertSame();
    assertEquals(1, here.json("peers").getAsJsonArray("peers").size());
    assertEquals(
        far + "  retired", here.run("peers", "--retire", far).out().lines().findFirst().get());
  }

  @Test
  void whatARetiredPeerIsOwedShouldGoToo() throws IOException {
    String bundle = folder.resolve("mail.bundle").toString();
    there.run("mailbox", "create", "someone/INBOX");
    String far = there.json("peers").get("replica").getAsString();
    here.json("peers");
    Path pack = folder.resolve("here/packs/p-00000001.pack");
    byte[] bytes = Files.readAllBytes(pack);
    bytes[20_000] ^= 1;
    Files.write(pack, bytes);
    assertEquals(3, here.run("bundle", "write", bundle, "--for", far).code());
    JsonObject report = here.json("peers", "--retire", far);
    assertEquals(far, report.getAsJsonArray("retired").get(0).getAsString());
    assertEquals(0, report.getAsJsonArray("debts").size());
  }

  @Test
  void nameOfNoPeerShouldBeToldInOneLine() {
    here.json("sync", folder.resolve("there").toString());
    String far = there.json("peers").get("replica").getAsString();
    String self = here.json("peers").get("replica").getAsString();
    String slip = far.substring(0, 9) + (far.charAt(9) == '0' ? '1' : '0') + far.substring(10);
    assertRefused("no peer " + slip + "; did you mean " + far + "?", slip);
    assertRefused("no peer nobody", "nobody");
    assertRefused(self + " is this store itself", self);
    assertEquals(1, here.json("peers").getAsJsonArray("peers").size());
  }

  @Test
  void emptyNameShouldRetireNobody() {
    here.json("sync", folder.resolve("there").toString());
    Runs.Run run = here.run("peers", "--retire", "");
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("hapax: --retire: a name is missing"), run.err());
    assertEquals(1, here.json("peers").getAsJsonArray("peers").size());
  }

  private void assertRefused(String line, String name) {
    Runs.Run run = here.run("peers", "--retire", name);
    assertEquals(1, run.code());
    assertEquals("hapax: " + line + "\n", run.err());
  }

  private static JsonObject firstDebt(Runs store) {
    return store.json("peers").getAsJsonArray("debts").get(0).getAsJsonObject();
  }

  private Runs.Run listen(int port, String trusted) {
    return there.run(
        "sync-server",
        "--listen",
        "127.0.0.1:" + port,
        "--sessions",
        "1",
        "--certificate",
        folder.resolve("b.crt").toString(),
        "--key",
        folder.resolve("b.key").toString(),
        "--trusted",
        folder.resolve(trusted).toString());
  }

  private Runs.Run call(int port) {
    return here.run(
        "sync",
        "tcp:127.0.0.1:" + port,
        "--certificate",
        folder.resolve("a.crt").toString(),
        "--key",
        folder.resolve("a.key").toString(),
        "--trusted",
        folder.resolve("b.crt").toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Calls until somebody listens. */
  private Runs.Run callWhenItListens(int port) {
    return Awaitility.await()
        .until(() -> call(port), run -> !run.err().contains("Connection refused"));
  }

  @Test
  void tcpShouldServeWhomItTrusts() throws IOException {
    here.json("certificate", folder.toString(), "--name", "a");
    here.json("certificate", folder.toString(), "--name", "b");
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.key"))));
    int port = freePort();
    CompletableFuture<Runs.Run> server = CompletableFuture.supplyAsync(() -> listen(port, "a.crt"));
    Runs.Run run = callWhenItListens(port);
    assertEquals(0, run.code(), run.err());
    assertEquals(0, server.join().code());
    assertSame();
  }

  @Test
  void tcpShouldRefuseWhomItDoesNotTrust() throws IOException {
    here.json("certificate", folder.toString(), "--name", "a");
    here.json("certificate", folder.toString(), "--name", "b");
    int port = freePort();
    CompletableFuture<Runs.Run> server = CompletableFuture.supplyAsync(() -> listen(port, "b.crt"));
    Runs.Run run = callWhenItListens(port);
    assertEquals(1, run.code());
    assertEquals(
        "hapax: 127.0.0.1:"
            + port
            + " does not trust our certificate (Received fatal alert: bad_certificate);"
            + " it must be among those that are trusted there\n",
        run.err());
    assertTrue(server.join().err().contains("do not trust each other"), run.err());
    assertEquals(0, there.json("ls").get("accounts").getAsJsonArray().size());
  }
}
