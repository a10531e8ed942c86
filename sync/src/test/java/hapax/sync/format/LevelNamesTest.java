package hapax.sync.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelNamesTest {
  @ParameterizedTest
  @CsvSource({
    "v1.0, .v1\\2e0",
    "Entwürfe, .Entw&APw-rfe",
    "R&D, .R&-D",
    "a\\2eb, .a\\5c2eb",
    "'..', .\\2e\\2e"
  })
  void levelsShouldBecomeMaildirFoldersAndComeBack(String level, String folder) {
    assertEquals(folder, LevelNames.toMaildirFolder(List.of(level)));
    assertEquals(List.of(level), LevelNames.ofMaildirFolder(folder.substring(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "'..', %2E%2E",
    "., %2E",
    "con, %63on",
    "NUL.txt, %4EUL.txt",
    "a:b*c, a%3Ab%2Ac",
    "100%, 100%25",
    "x.mbox, x%2Embox",
    "' a ', '%20a%20'",
    "plain.name, plain.name",
    "50%20off, 50%2520off"
  })
  void levelsShouldBecomeSafeFileNamesAndComeBack(String level, String name) {
    assertEquals(name, LevelNames.toTreeLevel(level));
    assertEquals(level, LevelNames.ofTreeLevel(name));
  }

  @ParameterizedTest
  @CsvSource({"50%20off, 50%20off", "100%, 100%", "a%2fb, a%2fb", "R&D, R&D"})
  void namesThatOthersChoseShouldStay(String name, String level) {
    assertEquals(level, LevelNames.ofTreeLevel(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\\5cyz", "x\\2", "x\\2E", "\\zz"})
  void backslashesThatOthersChoseShouldStay(String name) {
    assertEquals(List.of(name), LevelNames.ofMaildirFolder(name));
  }

  @Test
  void maildirNamesInPlainUtf8ShouldBeTakenAsTheyStand() {
    assertEquals(List.of("Entwürfe", "R&D"), LevelNames.ofMaildirFolder("Entwürfe.R&D"));
  }

  @Test
  void slashesAndControlCharactersShouldNotMakeLevels() {
    assertEquals(List.of("a\u2215b"), LevelNames.ofMaildirFolder("a&AC8-b"));
    assertEquals(List.of("␀␊␡"), LevelNames.ofMaildirFolder("&AAAACgB,-"));
    assertEquals("a␊b", LevelNames.ofTreeLevel("a\nb"));
  }

  @Test
  void emptyLevelsShouldBeLeftOut() {
    assertEquals(List.of("a", "b"), LevelNames.ofMaildirFolder("a..b."));
  }

  @Test
  void anyLevelsShouldComeBackFromBothKindsOfName() {
    Random random = new Random(255);
    for (int round = 0; round < 20_000; round++) {
      List<String> levels = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        levels.add(LevelNames.clean(ModifiedUtf7Test.randomName(random)));
      }
      String folder = LevelNames.toMaildirFolder(levels);
      if (folder.length() < 240) {
        assertEquals(levels, LevelNames.ofMaildirFolder(folder.substring(1)), folder);
      }
      String name = LevelNames.toTreeLevel(levels.get(0));
      assertEquals(levels.get(0), LevelNames.ofTreeLevel(name), name);
      assertFalse(name.matches(".*[<>:\"/\\\\|?*\u0000-\u001f].*|^\\..*|.*[. ]$"), name);
    }
  }

  @Test
  void namesTooLongForAFileShouldBeCutAndStayApart() {
    String long1 = "é".repeat(400) + "1";
    String long2 = "é".repeat(400) + "2";
    String name = LevelNames.toTreeLevel(long1);
    assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 240);
    assertFalse(name.equals(LevelNames.toTreeLevel(long2)));
    assertTrue(LevelNames.toMaildirFolder(List.of(long1)).length() <= 240);
  }
}
