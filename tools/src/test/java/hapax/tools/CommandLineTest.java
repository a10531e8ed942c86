package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.tools.Runs.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What all commands have in common. */
class CommandLineTest {
  @TempDir Path folder;

  private Runs runs() {
    return new Runs(folder.resolve("store"));
  }

  static List<CommandLine> commands() {
    Surroundings none = new Surroundings(System.in, System.out, System.err, Map.of(), false);
    return List.copyOf(Commands.of(new Hapax(none)).getSubcommands().values());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShouldExplainItselfWithAnExample(CommandLine command) {
    Run run = runs().run(command.getCommandName(), "--help");
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertTrue(run.out().contains("Usage: hapax " + command.getCommandName()), run.out());
    assertTrue(run.out().contains("Example"), run.out());
    assertTrue(run.out().contains("--store"), run.out());
    assertFalse(Files.exists(folder.resolve("store")));
  }

  @Test
  void helpShouldListTheCommands() {
    Run run = runs().run("--help");
    assertEquals(0, run.code());
    for (CommandLine command : commands()) {
      assertTrue(run.out().contains("  " + command.getCommandName()), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        "ls import",
        "--json ls",
        "--quiet --debug ls --help",
        "--store x ls",
        "ls --store x"
      })
  void onlyTheCommandThatIsNamedShouldBePutTogether(String words) {
    assertEquals(Set.of("ls"), names(words.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help ls",
        "--store=x ls",
        "--store ls",
        "--store import ls",
        "--store @words ls",
        "@words ls",
        "sl ls",
        "--stor ls"
      })
  void allCommandsShouldBePutTogetherInDoubt(String words) {
    assertEquals(24, names(words.split(" ")).size());
  }

  private static Set<String> names(String... args) {
    Surroundings none = new Surroundings(System.in, System.out, System.err, Map.of(), false);
    return Commands.of(new Hapax(none), args).getSubcommands().keySet();
  }

  @Test
  void noCommandShouldBeWrongUsage() {
    Run run = runs().run();
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertEquals("hapax: a command is missing\nTry: hapax --help\n", run.err());
  }

  @Test
  void aWrongCommandShouldSuggestTheRightOne() {
    Run run = runs().run("imprt", "x");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("Did you mean: hapax import"), run.err());
  }

  @Test
  void aWrongOptionShouldSuggestTheRightOne() {
    Run run = runs().run("import", "--acount", "jane", "x");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--account"), run.err());
    assertTrue(run.err().contains("Try: hapax import --help"), run.err());
  }

  @Test
  void aMissingStoreShouldBeOneClearLine() {
    for (String command : List.of("ls", "stats")) {
      Run run = runs().run(command);
      assertEquals(1, run.code());
      assertEquals("", run.out());
      assertEquals(
          "hapax: " + folder.resolve("store") + ": no store there; the first import makes one\n",
          run.err());
    }
  }

  @Test
  void theStoreShouldBeSaidBeforeOrAfterTheCommand() {
    String other = folder.resolve("other").toString();
    assertTrue(runs().run("--store", other, "ls").err().contains(other));
    assertTrue(runs().run("ls", "--store", other).err().contains(other));
  }

  @Test
  void onlyDebugShouldShowATrace() {
    assertFalse(runs().run("ls").err().contains("\tat "));
    assertTrue(runs().run("ls", "--debug").err().contains("\tat "));
  }

  @Test
  void jsonShouldBeAllThatIsOnStandardOutput() {
    Run run = runs().run("--json", "version");
    assertEquals(1, run.out().lines().count());
    assertEquals(System.getProperty("java.version"), run.json().get("java").getAsString());
  }
}
