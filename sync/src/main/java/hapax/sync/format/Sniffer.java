package hapax.sync.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Tells by its first bytes whether a file is a message, a mailbox of messages, or neither. */
enum Sniffer {
  MESSAGE,
  MBOX,
  EMPTY,
  OTHER;

  private static final int HEAD = 4096;
  private static final Set<String> USUAL =
      Set.of(
          "from",
          "to",
          "subject",
          "date",
          "received",
          "return-path",
          "message-id",
          "mime-version",
          "content-type",
          "delivered-to",
          "sender",
          "reply-to",
          "cc",
          "x-original-to",
          "dkim-signature",
          "authentication-results",
          "arc-seal");

  static Sniffer look(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return look(in.readNBytes(HEAD));
    }
  }

  static Sniffer look(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    int line = endOfLine(head, 0);
    if (!FromLine.startsAt(head, 0, head.length)) {
      return isHeader(head, 0) ? MESSAGE : OTHER;
    }
    boolean dated = FromLine.parse(head, 0, line).date().isPresent();
    return dated || isHeader(head, line) ? MBOX : OTHER;
  }

  /** Whether lines from {@code at} on read as header fields, one of them a usual one. */
  private static boolean isHeader(byte[] head, int at) {
    boolean usual = false;
    int from = at;
    while (from < head.length) {
      int end = endOfLine(head, from);
      if (head[from] == '\n' || head[from] == '\r') {
        return usual;
      }
      boolean folded = head[from] == ' ' || head[from] == '\t';
      int colon = folded ? -1 : colonOfField(head, from, end);
      if (!folded && colon < 0) {
        boolean cut = end == head.length;
        return usual && cut;
      }
      usual |= !folded && USUAL.contains(nameOfField(head, from, colon));
      from = end;
    }
    return usual;
  }

  private static String nameOfField(byte[] head, int from, int colon) {
    return new String(head, from, colon - from, java.nio.charset.StandardCharsets.US_ASCII)
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static int colonOfField(byte[] head, int from, int end) {
    for (int i = from; i < end; i++) {
      if (head[i] == ':') {
        return i > from ? i : -1;
      }
      boolean blank = head[i] == ' ' || head[i] == '\t';
      if (!blank && (head[i] <= 0x20 || head[i] == 0x7f)) {
        return -1;
      }
    }
    return -1;
  }

  private static int endOfLine(byte[] head, int from) {
    int end = from;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    return Math.min(head.length, end + 1);
  }
}
