package hapax.sync.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Letters of Maildir names and the flags that they mean: capitals for system flags, small letters
 * for a folder's keywords, which its file {@code dovecot-keywords} names ({@code 0 name} for the
 * letter a, and so on).
 */
final class MaildirFlags {
  /** Name of the file with a folder's keywords. */
  static final String KEYWORDS_FILE = "dovecot-keywords";

  private static final int LETTERS = 26;
  private static final Map<String, Character> SYSTEM =
      Map.of(
          "\\Draft",
          'D',
          "\\Flagged",
          'F',
          "$Forwarded",
          'P',
          "\\Answered",
          'R',
          "\\Seen",
          'S',
          "\\Deleted",
          'T');

  private final Map<Character, String> flags = new TreeMap<>();
  private final Map<String, Character> letters = new TreeMap<>(SYSTEM);

  MaildirFlags() {
    SYSTEM.forEach((flag, letter) -> flags.put(letter, flag));
  }

  /** The flags of a folder that is there; without a file of keywords there are none. */
  static MaildirFlags read(Path folder) throws IOException {
    MaildirFlags flags = new MaildirFlags();
    byte[] text;
    try {
      text = Files.readAllBytes(folder.resolve(KEYWORDS_FILE));
    } catch (NoSuchFileException none) {
      // A folder without keywords, as most are.
      return flags;
    }
    new String(text, StandardCharsets.UTF_8).lines().forEach(flags::readLine);
    return flags;
  }

  private void readLine(String line) {
    int blank = line.indexOf(' ');
    if (blank < 1 || blank > 2 || !line.substring(0, blank).chars().allMatch(Character::isDigit)) {
      return;
    }
    int number = Integer.parseInt(line.substring(0, blank));
    if (number < LETTERS) {
      LevelNames.keyword(line.substring(blank + 1))
          .ifPresent(keyword -> flags.put((char) ('a' + number), keyword));
    }
  }

  /** The flags that letters mean; a letter without a meaning is left out. */
  Set<String> of(String letters) {
    Set<String> result = new TreeSet<>();
    for (int i = 0; i < letters.length() && letters.charAt(i) != ','; i++) {
      String flag = flags.get(letters.charAt(i));
      if (flag != null) {
        result.add(flag);
      }
    }
    return result;
  }

  /** The letters of flags in order, giving new letters to new keywords while there are any. */
  synchronized String lettersOf(Collection<String> names, Collection<String> withoutLetter) {
    Set<Character> result = new TreeSet<>();
    for (String name : names) {
      Character letter = letters.get(name);
      int used = letters.size() - SYSTEM.size();
      if (letter == null && !name.startsWith("\\") && used < LETTERS) {
        letter = (char) ('a' + used);
        letters.put(name, letter);
      }
      if (letter == null) {
        withoutLetter.add(name);
      } else {
        result.add(letter);
      }
    }
    StringBuilder text = new StringBuilder();
    result.forEach(text::append);
    return text.toString();
  }

  /** Writes the file of keywords if there are any. */
  synchronized void write(Path folder) throws IOException {
    TreeMap<Character, String> keywords = new TreeMap<>();
    letters.forEach((name, letter) -> keywords.put(letter, name));
    keywords.keySet().removeIf(letter -> letter < 'a');
    StringBuilder text = new StringBuilder();
    keywords.forEach(
        (letter, name) -> text.append(String.format(Locale.ROOT, "%d %s\n", letter - 'a', name)));
    if (!keywords.isEmpty()) {
      Files.writeString(folder.resolve(KEYWORDS_FILE), text);
    }
  }
}
