package hapax.sync.format;

import hapax.sync.format.LoadedMessage.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What mail programs wrote into a message's header about its state in the mbox: flags, keywords,
 * and lines of bookkeeping. It is read, never changed.
 */
final class MboxStatus {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,4}");

  private static final Set<String> BOOKKEEPING =
      Set.of("x-uid", "x-imap", "x-imapbase", "content-length", "lines", "x-mozilla-status2");

  private final List<Range> lines = new ArrayList<>();
  private final Set<String> flags = new TreeSet<>();
  private boolean told;

  private MboxStatus() {}

  /** Reads the header of the message {@code bytes[0, length)}. */
  static MboxStatus read(byte[] bytes, int length) {
    MboxStatus status = new MboxStatus();
    for (int at = 0; at < length && bytes[at] != '\n' && bytes[at] != '\r'; ) {
      int end = endOfField(bytes, at, length);
      status.readField(bytes, at, end);
      at = end;
    }
    return status;
  }

  /** The lines that change when flags change. */
  List<Range> lines() {
    return lines;
  }

  /** The flags, if the header tells of any being set or not. */
  Optional<Set<String>> flags() {
    return told ? Optional.of(flags) : Optional.empty();
  }

  private static int endOfField(byte[] bytes, int from, int length) {
    int end = from;
    do {
      end = Math.min(length, LineWindow.endOfLine(bytes, end, length) + 1);
    } while (end < length && (bytes[end] == ' ' || bytes[end] == '\t'));
    return end;
  }

  private void readField(byte[] bytes, int from, int end) {
    if ("SsXxCcLl".indexOf(bytes[from]) < 0) {
      return;
    }
    int colon = from;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    if (colon == end || colon - from > 30) {
      return;
    }
    String name = text(bytes, from, colon).strip().toLowerCase(Locale.ROOT);
    if (BOOKKEEPING.contains(name) || readFlags(name, text(bytes, colon + 1, end).strip())) {
      lines.add(new Range(from, end));
    }
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether that is a field of flags; if so, takes them. */
  private boolean readFlags(String name, String value) {
    switch (name) {
      case "status", "x-status" -> readLetters(value);
      case "x-keywords", "x-mozilla-keys" -> readKeywords(value);
      case "x-mozilla-status" -> readMozilla(value);
      default -> {
        return false;
      }
    }
    told = true;
    return true;
  }

  private void readLetters(String value) {
    addIf(value.indexOf('R') >= 0, "\\Seen");
    addIf(value.indexOf('A') >= 0, "\\Answered");
    addIf(value.indexOf('F') >= 0, "\\Flagged");
    addIf(value.indexOf('T') >= 0, "\\Draft");
    addIf(value.indexOf('D') >= 0, "\\Deleted");
  }

  private void readKeywords(String value) {
    for (String word : SPACE.split(value, -1)) {
      LevelNames.keyword(word).ifPresent(flags::add);
    }
  }

  private void readMozilla(String value) {
    if (!HEX.matcher(value).matches()) {
      return;
    }
    int bits = Integer.parseInt(value, 16);
    addIf((bits & 0x0001) != 0, "\\Seen");
    addIf((bits & 0x0002) != 0, "\\Answered");
    addIf((bits & 0x0004) != 0, "\\Flagged");
    addIf((bits & 0x0008) != 0, "\\Deleted");
    addIf((bits & 0x1000) != 0, "$Forwarded");
  }

  private void addIf(boolean set, String flag) {
    if (set) {
      flags.add(flag);
    }
  }
}
