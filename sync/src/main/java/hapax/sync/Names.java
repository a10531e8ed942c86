package hapax.sync;

import java.text.Normalizer;

/**
 * What accounts and mailboxes may be called. Names of mailboxes are kept in Unicode normal form C,
 * which is how people type them and what RFC 9051, 5.1 asks for: two spellings that look alike are
 * one name. Names that differ in case are different names; only {@code INBOX}, as the first level,
 * is one name in any case. Names of accounts are kept as given. Whoever makes file names of them
 * must see to it that they stay inside their folder.
 */
final class Names {
  /** Longest name of an account in UTF-8 bytes. */
  static final int MAX_ACCOUNT_BYTES = 255;

  /** Longest name of a mailbox in UTF-8 bytes. */
  static final int MAX_MAILBOX_BYTES = 1000;

  static final String INBOX = "INBOX";

  private Names() {}

  /** The name of an account, or {@link IllegalArgumentException} if it can not be one. */
  static String account(String name) {
    check("account", name, MAX_ACCOUNT_BYTES);
    if (name.startsWith(".") || name.indexOf('/') >= 0) {
      throw bad("account", name, "no / and no dot in front");
    }
    return name;
  }

  /**
   * The name of a mailbox as it is kept, or {@link IllegalArgumentException} if it can not be one.
   */
  static String mailbox(String given) {
    String name = kept(check("mailbox", given, MAX_MAILBOX_BYTES));
    check("mailbox", name, MAX_MAILBOX_BYTES);
    if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
      throw bad("mailbox", name, "no empty level between two /");
    }
    return name;
  }

  /** The name as it would be kept, if it can be one. */
  static String kept(String given) {
    String name = Normalizer.normalize(given, Normalizer.Form.NFC);
    int first = INBOX.length();
    boolean inbox =
        name.regionMatches(true, 0, INBOX, 0, first)
            && (name.length() == first || name.charAt(first) == '/');
    return inbox ? INBOX + name.substring(first) : name;
  }

  /** A name that is not empty, not longer than {@code max} bytes and has no control characters. */
  static String check(String kind, String name, int max) {
    if (name.isEmpty()) {
      throw bad(kind, name, "at least one character");
    }
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c)) {
        throw bad(kind, name, "no control characters");
      }
      if (isHalf(name, i)) {
        throw bad(kind, name, "Unicode, found half a character");
      }
      length += utf8Length(c);
    }
    if (length > max) {
      throw bad(kind, name, "at most " + max + " bytes, found " + length);
    }
    return name;
  }

  private static boolean isHalf(String name, int i) {
    char c = name.charAt(i);
    return (Character.isHighSurrogate(c)
            && (i + 1 == name.length() || !Character.isLowSurrogate(name.charAt(i + 1))))
        || (Character.isLowSurrogate(c)
            && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1))));
  }

  /** How many bytes a character takes; each of the two halves of one takes two. */
  private static int utf8Length(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  private static IllegalArgumentException bad(String kind, String name, String expected) {
    return new IllegalArgumentException(
        "name of " + kind + " " + shown(name) + ": expected " + expected);
  }

  /** The name in quotes on one short line, whatever is in it. */
  private static String shown(String name) {
    int most = 60;
    String start = name.length() > most ? name.substring(0, most) + "…" : name;
    StringBuilder shown = new StringBuilder("\"");
    start
        .codePoints()
        .map(
            c ->
                Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                    ? '\uFFFD'
                    : c)
        .forEach(shown::appendCodePoint);
    return shown.append('"').toString();
  }
}
