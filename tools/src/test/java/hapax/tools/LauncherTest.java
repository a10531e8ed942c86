package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a Maven and a Java that only say what they were asked for. */
class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >>"$MAVEN_LOG"
      [ -z "${MAVEN_FAILS:-}" ] || { echo "cannot find symbol"; exit 1; }
      sleep 0.2
      : >"$HAPAX_TREE/tools/target/launcher/hapax.jar"
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      case $1 in
        -version) echo 'openjdk version "17.0.1"' >&2 ;;
        -XX:+UnlockDiagnosticVMOptions) [ -z "${NO_DIRECTIVES:-}" ] ;;
        -XX:SharedArchiveFile=*)
          printf '[musl %s]' "${ROCKSDB_MUSL_LIBC:-unknown}"
          for word in "$@"; do printf '[%s]' "$word"; done ;;
      esac
      """;

  @TempDir Path folder;
  private Path tree;
  private Path log;

  @BeforeEach
  void makeTree() throws IOException {
    tree = folder.resolve("a tree");
    log = folder.resolve("maven.log");
    Files.createDirectories(tree.resolve("tools/src/main"));
    Files.createFile(tree.resolve("pom.xml"));
    Files.createFile(tree.resolve("tools/pom.xml"));
    Files.createFile(tree.resolve("tools/src/main/A.java"));
    Files.createDirectories(tree.resolve("tools/src/main/jvm"));
    Files.writeString(tree.resolve("tools/src/main/jvm/compiler.json"), "[]");
    script(
        tree.resolve("tools/hapax"),
        Files.readString(Projects.root().resolve("tools/hapax"), StandardCharsets.UTF_8));
    script(folder.resolve("bin/mvn"), MAVEN);
    script(folder.resolve("jdk/bin/java"), JAVA);
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path launcher, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("MAVEN_LOG", log.toString());
    builder.environment().put("HAPAX_TREE", tree.toString());
    builder.environment().remove("HAPAX_JAVA_OPTS");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private record Ended(int code, String out, String err) {}

  private static Ended end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out, err);
  }

  private Ended run(String... words) throws IOException, InterruptedException {
    return end(start(tree.resolve("tools/hapax"), Map.of(), words));
  }

  private long builds() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void theFirstRunShouldBuildAndSayItOnStandardError() throws Exception {
    Ended first = run("ls");
    assertEquals(0, first.code(), first.err());
    assertEquals("hapax: building, once (takes a moment) ...\n", first.err());
    Ended second = run("ls");
    assertEquals("", second.err());
    assertEquals(1, builds());
  }

  @Test
  void aChangedOrRemovedSourceShouldBuildAgain() throws Exception {
    run("ls");
    FileTime later = FileTime.from(Instant.now().plusSeconds(5));
    Files.setLastModifiedTime(tree.resolve("tools/src/main/A.java"), later);
    run("ls");
    assertEquals(2, builds());
    Files.delete(tree.resolve("tools/src/main/A.java"));
    Files.setLastModifiedTime(tree.resolve("tools/src/main"), later);
    run("ls");
    assertEquals(3, builds());
  }

  @Test
  void wordsShouldReachTheProgramAsTheyAre() throws Exception {
    Ended run = run("cat", "a b", "*", "", "+\\Seen");
    assertTrue(run.out().endsWith("[hapax.tools.Main][cat][a b][*][][+\\Seen]"), run.out());
    assertTrue(run.out().contains("[-Dhapax.terminal=false]"), run.out());
  }

  @Test
  void theUsersJavaOptionsShouldComeAfterOurs() throws Exception {
    Ended run =
        end(
            start(
                tree.resolve("tools/hapax"), Map.of("HAPAX_JAVA_OPTS", "-Xmx1g -Da=b"), "version"));
    assertTrue(run.out().indexOf("[-Xmx256m]") < run.out().indexOf("[-Xmx1g][-Da=b]"), run.out());
    assertTrue(run.out().contains("[-Xmx256m]"), run.out());
  }

  @Test
  void aSyncShouldSetLongArraysApart() throws Exception {
    Path launcher = tree.resolve("tools/hapax");
    for (String word : List.of("sync", "sync-server", "ls")) {
      Ended run = end(start(launcher, Map.of(), "--store", "a", word, "b"));
      boolean sync = !word.equals("ls");
      assertEquals(sync, run.out().contains("[-XX:PretenureSizeThreshold=1m]"), run.out());
      assertTrue(run.out().contains("[-XX:+UseSerialGC]"), run.out());
    }
  }

  @Test
  void whoListensShouldHaveRoomForAllSessions() throws Exception {
    Path launcher = tree.resolve("tools/hapax");
    Ended one = end(start(launcher, Map.of(), "sync-server"));
    assertTrue(one.out().contains("[-Xmx256m]"), one.out());
    for (String[] words : new String[][] {{"--listen", "a:1"}, {"--listen=a:1"}}) {
      String[] all =
          Stream.concat(Stream.of("sync-server"), Stream.of(words)).toArray(String[]::new);
      Ended many = end(start(launcher, Map.of(), all));
      assertTrue(many.out().contains("[-Xmx512m]"), many.out());
    }
  }

  @Test
  void aCollectorOfTheUserShouldStandAlone() throws Exception {
    Path launcher = tree.resolve("tools/hapax");
    for (String theirs : List.of("-XX:+UseG1GC", "-Da=b -XX:+UseSerialGC -Xmx1g")) {
      for (String word : List.of("sync", "ls")) {
        Ended run = end(start(launcher, Map.of("HAPAX_JAVA_OPTS", theirs), word, "b"));
        assertEquals(2, run.out().split("-XX:\\+Use[^]]*GC]").length, run.out());
      }
    }
    Ended named = end(start(launcher, Map.of("HAPAX_JAVA_OPTS", "-Da=b"), "ls", "UseG1GC "));
    assertTrue(named.out().contains("[-XX:+UseSerialGC]"), named.out());
  }

  /** RocksDB need not look for it, but the user may know better. */
  @Test
  void whetherTheLibraryIsMuslShouldBeSaid() throws Exception {
    Path launcher = tree.resolve("tools/hapax");
    String found = end(start(launcher, Map.of(), "ls")).out();
    boolean noted = Files.exists(tree.resolve("tools/target/launcher/no-musl"));
    assertTrue(found.startsWith(noted ? "[musl false]" : "[musl unknown]"), found);
    String told = end(start(launcher, Map.of("ROCKSDB_MUSL_LIBC", "true"), "ls")).out();
    assertTrue(told.startsWith("[musl true]"), told);
  }

  @Test
  void aJavaThatRefusesCompilerDirectivesShouldRunWithoutThem() throws Exception {
    Path launcher = tree.resolve("tools/hapax");
    Ended without = end(start(launcher, Map.of("NO_DIRECTIVES", "yes"), "ls"));
    assertEquals(0, without.code(), without.err());
    assertFalse(without.out().contains("CompilerDirectivesFile"), without.out());
    Files.delete(tree.resolve("tools/target/launcher/ready"));
    Ended with = run("ls");
    assertTrue(
        with.out().contains("/a tree/tools/target/launcher/compiler.json][-cp]"), with.out());
  }

  @Test
  void linksShouldLeadToTheTree() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("second"), tree.resolve("tools/hapax"));
    Path first = Files.createSymbolicLink(folder.resolve("first link"), link.getFileName());
    Ended run = end(start(first, Map.of(), "ls"));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("a tree/tools/target/launcher/hapax.jar"), run.out());
  }

  @Test
  void aFailedBuildShouldShowItsLogAndRunNothing() throws Exception {
    Ended run = end(start(tree.resolve("tools/hapax"), Map.of("MAVEN_FAILS", "yes"), "ls"));
    assertEquals(1, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("cannot find symbol"), run.err());
    assertTrue(run.err().endsWith("hapax: the build failed, see above\n"), run.err());
    assertFalse(Files.exists(tree.resolve("tools/target/launcher/lock")));
  }

  @Test
  void launchersStartedAtOnceShouldBuildOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start(tree.resolve("tools/hapax"), Map.of(), "ls"));
    }
    for (Process process : processes) {
      Ended ended = end(process);
      assertEquals(0, ended.code(), ended.err());
    }
    assertEquals(1, builds());
  }

  @Test
  void theLockOfOneThatDiedShouldBeTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(tree.resolve("tools/target/launcher/lock"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    Ended run = run("ls");
    assertEquals(0, run.code(), run.err());
    assertEquals(1, builds());
  }

  @Test
  void aMissingJavaShouldBeOneClearLine() throws Exception {
    String none = folder.resolve("none").toString();
    Ended run = end(start(tree.resolve("tools/hapax"), Map.of("JAVA_HOME", none), "ls"));
    assertEquals(1, run.code());
    assertEquals(
        "hapax: no java at " + none + "/bin/java: set JAVA_HOME to a JDK 17 or newer\n", run.err());
  }
}
