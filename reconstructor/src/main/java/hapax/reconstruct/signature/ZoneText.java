package hapax.reconstruct.signature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TXT records as text: lines of a zone file (RFC 1035 section 5.1, with {@code $ORIGIN}, quoted
 * strings, and brackets over several lines), and {@code name TXT record} or {@code name record}
 * with the record bare, as people and tools write them down.
 */
final class ZoneText {
  /** A string of a TXT record holds no more bytes. */
  private static final int LONGEST_STRING = 255;

  private static final Pattern ENTRY =
      Pattern.compile(
          "(\\S+)\\s+(?:\\d\\w*\\s+)?(?:IN\\s+)?(?:\\d\\w*\\s+)?(?:TXT\\s+)?(.*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");
  private static final Pattern STRING_OR_COMMENT = Pattern.compile(STRING.pattern() + "|;[^\n]*");
  private static final Pattern GENERATED_FOR =
      Pattern.compile(";.*DKIM key \\S+ for (\\S+)", Pattern.CASE_INSENSITIVE);

  private final Map<String, List<String>> records = new HashMap<>();
  private String origin = "";

  private ZoneText() {}

  /**
   * The record as one line that {@link #read} reads again; line ends, which are blanks, as such.
   */
  static String line(String name, String text) {
    String record = text.replaceAll("[\\r\\n]", " ");
    StringBuilder out = new StringBuilder(name).append(". IN TXT");
    for (int at = 0; at == 0 || at < record.length(); at += LONGEST_STRING) {
      String string = record.substring(at, Math.min(record.length(), at + LONGEST_STRING));
      out.append(" \"").append(string.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return out.toString();
  }

  /** The records by name, in lower case without the final dot; other lines are passed over. */
  static Map<String, List<String>> read(List<String> lines) {
    ZoneText zone = new ZoneText();
    StringBuilder entry = new StringBuilder();
    for (String line : lines) {
      entry.append(line).append('\n');
      if (!isOpen(entry)) {
        zone.entry(entry.toString());
        entry.setLength(0);
      }
    }
    zone.entry(entry.toString());
    return zone.records;
  }

  /** Whether a bracket outside quotes and comments waits for its partner. */
  private static boolean isOpen(CharSequence entry) {
    String rest = STRING.matcher(entry).replaceAll("").replaceAll(";.*", "");
    return rest.matches("(?is)\\s*\\S+\\s.*\\bTXT\\s*\\([^)]*");
  }

  private void entry(String text) {
    Matcher matcher = ENTRY.matcher(text.strip());
    if (text.startsWith("#") || text.startsWith(";") || !matcher.matches()) {
      return;
    }
    String name = matcher.group(1);
    String rest = matcher.group(2);
    if (name.equalsIgnoreCase("$ORIGIN")) {
      origin = rest;
    } else if (name.contains("._domainkey")) {
      String record = rest.startsWith("\"") || rest.startsWith("(") ? strings(rest) : bare(rest);
      records.computeIfAbsent(fullName(name, text), n -> new ArrayList<>()).add(record);
    }
  }

  private static String strings(String text) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = STRING_OR_COMMENT.matcher(text);
    while (matcher.find()) {
      String string = matcher.group(1);
      out.append(string == null ? "" : string.replaceAll("\\\\(.)", "$1"));
    }
    return out.toString();
  }

  /** The record alone on the line, or before a tab where a table has more columns. */
  private static String bare(String text) {
    return text.split("[\t\n]", 2)[0].strip();
  }

  private String fullName(String name, String entry) {
    Matcher generated = GENERATED_FOR.matcher(entry);
    String zone = generated.find() ? generated.group(1) : origin;
    boolean relative = !name.endsWith(".") && !zone.isEmpty() && name.endsWith("._domainkey");
    String full = relative || (!name.endsWith(".") && !origin.isEmpty()) ? name + "." + zone : name;
    return (full.endsWith(".") ? full.substring(0, full.length() - 1) : full)
        .toLowerCase(Locale.ROOT);
  }
}
