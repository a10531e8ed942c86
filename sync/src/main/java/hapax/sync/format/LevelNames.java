package hapax.sync.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Levels of mailbox names as names of files and folders, and back.
 *
 * <p>In a mailbox name a level is any text without control characters and {@code /}; what a source
 * has of these is shown by a character that looks alike ({@link #clean}). In files a level is
 * escaped where a file system or a format would take it for something else; a name is unescaped
 * only if escaping the result gives that name again, so names that others chose stay as they are.
 */
final class LevelNames {
  /** Longest name of a file in bytes, with room for an ending such as {@code .mbox}. */
  private static final int MAX_BYTES = 240;

  /** Longest keyword in UTF-16 units: at most 240 bytes. */
  private static final int MAX_KEYWORD = 80;

  private static final int HASH_CHARS = 16;
  private static final String HOSTILE = "<>:\"/\\|?*%";
  private static final Set<String> ENDINGS = Set.of(".mbox", ".mboxrd", ".eml", ".sbd");
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private LevelNames() {}

  /** A level fit for a mailbox name: control characters as pictures, a slash as U+2215. */
  static String clean(String level) {
    return visible(level.replace('/', '\u2215'));
  }

  /** A keyword fit for a flag: nothing invisible in it, and not too long. */
  static Optional<String> keyword(String word) {
    String keyword = visible(word.strip());
    boolean fit =
        !keyword.isEmpty() && keyword.length() <= MAX_KEYWORD && !keyword.startsWith("\\");
    return fit ? Optional.of(keyword) : Optional.empty();
  }

  /** A text with its control characters as pictures. */
  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(LevelNames::visible).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static int visible(int c) {
    if (c < 0x20) {
      return 0x2400 + c;
    }
    if (c == 0x7f) {
      return 0x2421;
    }
    boolean unfit = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    return unfit ? 0xfffd : c;
  }

  /** The levels in the name of a Maildir++ folder, its first dot taken off. */
  static List<String> ofMaildirFolder(String name) {
    List<String> levels = new ArrayList<>();
    for (String level : name.split("\\.", -1)) {
      if (!level.isEmpty()) {
        levels.add(ofMaildirLevel(level));
      }
    }
    return levels;
  }

  /** One level of a Maildir, in modified UTF-7 if it can be, else as it stands. */
  static String ofMaildirLevel(String text) {
    String level = ModifiedUtf7.decode(text).orElse(text);
    String plain = withoutBackslashes(level);
    return clean(withBackslashes(plain).equals(level) ? plain : level);
  }

  /** The name of the Maildir++ folder of these levels, with its dot in front. */
  static String toMaildirFolder(List<String> levels) {
    StringBuilder name = new StringBuilder();
    for (String level : levels) {
      name.append('.').append(ModifiedUtf7.encode(withBackslashes(level)));
    }
    return shortened(name.toString(), "~");
  }

  /** A dot inside a level as {@code \2e}, as Dovecot's listescape has it. */
  private static String withBackslashes(String level) {
    return level.replaceAll("\\\\(?=[0-9a-f]{2})", "\\\\5c").replace(".", "\\2e");
  }

  private static String withoutBackslashes(String level) {
    return level.replace("\\2e", ".").replace("\\5c", "\\");
  }

  /** One level of a tree of folders and files. */
  static String ofTreeLevel(String text) {
    String plain = withoutPercents(text);
    return clean(withPercents(plain).equals(text) ? plain : text);
  }

  /** The name of the folder or, with an ending, the file of one level. */
  static String toTreeLevel(String level) {
    return shortened(withPercents(level), "%~");
  }

  private static String withPercents(String level) {
    StringBuilder out = new StringBuilder();
    int last = level.length() - 1;
    int ending = dotOfEnding(level);
    for (int i = 0; i < level.length(); i++) {
      char c = level.charAt(i);
      boolean escape =
          c < 0x20
              || c == 0x7f
              || HOSTILE.indexOf(c) >= 0
              || (c == '.' && (i == 0 || i == last || i == ending))
              || (c == ' ' && (i == 0 || i == last))
              || (i == 0 && isDevice(level));
      out.append(escape ? String.format("%%%02X", (int) c) : String.valueOf(c));
    }
    return out.toString();
  }

  private static int dotOfEnding(String level) {
    int dot = level.lastIndexOf('.');
    boolean ours = dot >= 0 && ENDINGS.contains(level.substring(dot).toLowerCase(Locale.ROOT));
    return ours ? dot : -1;
  }

  private static boolean isDevice(String level) {
    int dot = level.indexOf('.');
    String stem = dot < 0 ? level : level.substring(0, dot);
    return DEVICES.contains(stem.toLowerCase(Locale.ROOT));
  }

  private static String withoutPercents(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escaped = c == '%' && i + 2 < text.length() && isHex(text, i + 1);
      out.append(escaped ? (char) Integer.parseInt(text, i + 1, i + 3, 16) : c);
      i += escaped ? 2 : 0;
    }
    return out.toString();
  }

  private static boolean isHex(String text, int at) {
    return Character.digit(text.charAt(at), 16) >= 0
        && Character.digit(text.charAt(at + 1), 16) >= 0;
  }

  /** A name that a file may have: what is too long is cut and ends in a hash of the whole. */
  private static String shortened(String name, String mark) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return name;
    }
    int keep = MAX_BYTES - mark.length() - HASH_CHARS;
    while ((bytes[keep] & 0xc0) == 0x80) {
      keep--;
    }
    MessageDigest digest = Sha256.start();
    String hash = HexFormat.of().formatHex(digest.digest(bytes), 0, HASH_CHARS / 2);
    return new String(bytes, 0, keep, StandardCharsets.UTF_8) + mark + hash;
  }
}
