package hapax.sync.format;

/**
 * The name of a message file in a Maildir: a base that is unique and stays, then {@code :2,} and
 * letters for flags. Where a file system has no colons, {@code ;} or {@code !} stands for it.
 *
 * @param base the name without flags
 * @param letters the flags, possibly none
 */
record MaildirName(String base, String letters) {
  /** A longer number is no time of delivery. */
  private static final int MOST_DIGITS = 12;

  /**
   * Compares the names {@code a[i..]} and {@code b[j..]} by time of delivery and then by name: runs
   * of digits compare as numbers, so seconds, microseconds and counters all fall into place.
   */
  static int compareByDelivery(String a, int i, String b, int j) {
    while (i < a.length() && j < b.length()) {
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = endOfDigits(a, i);
        int endB = endOfDigits(b, j);
        int order = compareNumbers(a, i, endA, b, j, endB);
        if (order != 0) {
          return order;
        }
        i = endA;
        j = endB;
      } else {
        int order = Character.compare(a.charAt(i++), b.charAt(j++));
        if (order != 0) {
          return order;
        }
      }
    }
    int order = Integer.compare(a.length() - i, b.length() - j);
    return order != 0 ? order : a.compareTo(b);
  }

  static MaildirName parse(String name) {
    for (int at = name.indexOf("2,"); at > 0; at = name.indexOf("2,", at + 1)) {
      if (":;!".indexOf(name.charAt(at - 1)) >= 0) {
        return new MaildirName(name.substring(0, at - 1), name.substring(at + 2));
      }
    }
    int colon = name.indexOf(':');
    return new MaildirName(colon > 0 ? name.substring(0, colon) : name, "");
  }

  /** The seconds since 1970 with which the name begins by custom; 0 if it does not. */
  long delivered() {
    int end = endOfDigits(base, 0);
    return end == 0 || end > MOST_DIGITS ? 0 : Long.parseLong(base, 0, end, 10);
  }

  private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
    int fromA = i;
    int fromB = j;
    while (fromA < endA && a.charAt(fromA) == '0') {
      fromA++;
    }
    while (fromB < endB && b.charAt(fromB) == '0') {
      fromB++;
    }
    int order = Integer.compare(endA - fromA, endB - fromB);
    for (; order == 0 && fromA < endA; fromA++, fromB++) {
      order = Character.compare(a.charAt(fromA), b.charAt(fromB));
    }
    return order;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
