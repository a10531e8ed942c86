package hapax.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Ways in which one payload may stand in a message, each with the irregularity that it names. */
enum Base64Form {
  TIDY_CRLF {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\r\n");
    }
  },
  TIDY_LF {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\n");
    }
  },
  WIDTH_60 {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 60, "\r\n");
    }
  },
  WIDTH_61 {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 61, "\n");
    }
  },
  WIDTH_998 {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 998, "\r\n");
    }
  },
  ONE_LINE {
    @Override
    String wrap(String digits, Random random) {
      return digits;
    }
  },
  FORM_FEED_AT_END {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\r\n").stripTrailing() + "\f\r\n";
    }
  },
  NO_FINAL_LINE_END {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\r\n").stripTrailing();
    }
  },
  MIXED_LINE_ENDS {
    @Override
    String wrap(String digits, Random random) {
      return rows(digits, () -> 76, () -> random.nextBoolean() ? "\n" : "\r\n");
    }
  },
  RANDOM_WIDTHS {
    @Override
    String wrap(String digits, Random random) {
      return rows(digits, () -> 40 + random.nextInt(50), () -> "\r\n");
    }
  },
  WILD_WIDTHS {
    @Override
    String wrap(String digits, Random random) {
      return rows(digits, () -> 20 + random.nextInt(300), () -> "\n");
    }
  },
  TRAILING_BLANKS {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, " \n");
    }
  },
  SOME_TRAILING_BLANKS {
    @Override
    String wrap(String digits, Random random) {
      return rows(digits, () -> 76, () -> " ".repeat(random.nextInt(3)) + "\n");
    }
  },
  INDENTED {
    @Override
    String wrap(String digits, Random random) {
      return "\t" + lines(digits, 76, "\r\n\t");
    }
  },
  LEADING_BLANK_LINES {
    @Override
    String wrap(String digits, Random random) {
      return "\r\n\n \r\n" + lines(digits, 76, "\r\n");
    }
  },
  BLANK_LINES_WITHIN {
    @Override
    String wrap(String digits, Random random) {
      return rows(digits, () -> 76, () -> random.nextInt(10) == 0 ? "\n\n" : "\n");
    }
  },
  BLANK_LINES_AFTER {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\n") + "\n".repeat(random.nextInt(2000));
    }
  },
  LONG_FIRST_LINE {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\n").replaceFirst("\n", "").replaceFirst("\n", "");
    }
  },
  RARE_JUNK {
    @Override
    String wrap(String digits, Random random) {
      return junk(lines(digits, 76, "\n"), random, 0.001, "!*-.@~\u0000\u00ff");
    }
  },
  MUCH_JUNK {
    @Override
    String wrap(String digits, Random random) {
      return junk(lines(digits, 76, "\r\n"), random, 0.045, "!*-.@~#$%^&() \t\u0000\u00ff");
    }
  },
  JUNK_OF_ALL_KINDS {
    @Override
    String wrap(String digits, Random random) {
      StringBuilder all = new StringBuilder();
      for (char c = 0; c < 256; c++) {
        all.append(c == '=' || Base64Alphabet.contains((byte) c) ? "" : Character.toString(c));
      }
      return junk(lines(digits, 76, "\r\n"), random, 0.04, all.toString());
    }
  },
  NO_PADDING {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits.replace("=", ""), 76, "\n");
    }
  },
  TOO_MUCH_PADDING {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits + "=".repeat(1 + random.nextInt(4)), 76, "\n");
    }
  },
  PADDING_ON_ITS_OWN_LINE {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits.replace("=", ""), 76, "\n") + "==\n";
    }
  },
  BITS_IN_PADDING {
    @Override
    String wrap(String digits, Random random) {
      return lines(withBits(digits), 76, "\n");
    }
  },
  LIST_FOOTER {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\n") + FOOTER;
    }
  },
  LIST_FOOTER_AFTER_BLANK_LINE {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits, 76, "\r\n") + "\r\n" + FOOTER.replace("\n", "\r\n");
    }
  },
  FOOTER_WITHOUT_PADDING {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits.replace("=", ""), 76, "\n") + FOOTER;
    }
  },
  SHORT_FOOTER_WITHOUT_PADDING {
    @Override
    String wrap(String digits, Random random) {
      return lines(digits.replace("=", ""), 60, "\r\n") + "\r\nSent from my telephone\r\n";
    }
  },
  FOOTER_AFTER_ONE_LINE {
    @Override
    String wrap(String digits, Random random) {
      return digits + "\n" + FOOTER;
    }
  };

  private static final String FOOTER =
      """
      _______________________________________________
      office mailing list
      office@lists.example
      https://lists.example/mailman/listinfo/office
      Unsubscribe
      """;

  /** A number or a text for the next row. */
  private interface Next<T> {
    T get();
  }

  /** {@code digits} is base64 without gaps, padding at its end. */
  abstract String wrap(String digits, Random random);

  byte[] of(byte[] payload, Random random) {
    String digits = Base64.getEncoder().encodeToString(payload);
    return wrap(digits, random).getBytes(StandardCharsets.ISO_8859_1);
  }

  static String lines(String digits, int width, String lineEnd) {
    return rows(digits, () -> width, () -> lineEnd);
  }

  private static String rows(String digits, Next<Integer> widths, Next<String> gaps) {
    StringBuilder text = new StringBuilder(digits.length() * 2);
    int at = 0;
    while (at < digits.length()) {
      int to = Math.min(digits.length(), at + widths.get());
      text.append(digits, at, to).append(gaps.get());
      at = to;
    }
    return text.toString();
  }

  private static String junk(String text, Random random, double share, String kinds) {
    StringBuilder out = new StringBuilder(text.length() * 2);
    int padding = text.indexOf('=');
    for (int i = 0; i < text.length(); i++) {
      if ((padding < 0 || i < padding) && random.nextDouble() < share) {
        out.append(kinds.charAt(random.nextInt(kinds.length())));
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }

  private static String withBits(String digits) {
    int pad = digits.indexOf('=');
    if (pad < 0) {
      return digits;
    }
    int last = Base64Alphabet.value((byte) digits.charAt(pad - 1));
    char other = (char) Base64Alphabet.digit(last | 1);
    return digits.substring(0, pad - 1) + other + digits.substring(pad);
  }
}
