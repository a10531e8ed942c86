package hapax.reconstruct.signature;

/**
 * The instance with which ARC-Authentication-Results begin: {@code i=1;}, with blanks and comments
 * anywhere between (RFC 8617 section 4.2.1). The rest of the field is no tag list.
 */
final class ArcInstance {
  private static final char END = '\0';

  private final String text;
  private int at;

  private ArcInstance(String text) {
    this.text = text;
  }

  /**
   * The digits of the instance; empty if there are none.
   *
   * @param results the field's value
   * @throws SyntaxFault if it begins otherwise
   */
  static String of(String results) throws SyntaxFault {
    ArcInstance reader = new ArcInstance(results);
    reader.expect('i');
    reader.expect('=');
    reader.skipBlanksAndComments();
    int start = reader.at;
    while (Ascii.isDigit(reader.next())) {
      reader.at++;
    }
    String digits = results.substring(start, reader.at);
    reader.skipBlanksAndComments();
    if (reader.at < results.length() && reader.next() != ';') {
      throw fault();
    }
    return digits;
  }

  private void expect(char wanted) throws SyntaxFault {
    skipBlanksAndComments();
    if (next() != wanted) {
      throw fault();
    }
    at++;
  }

  private char next() {
    return at < text.length() ? text.charAt(at) : END;
  }

  /** Comments may nest, and hide a parenthesis behind a backslash (RFC 5322 section 3.2.2). */
  private void skipBlanksAndComments() throws SyntaxFault {
    int depth = 0;
    while (depth > 0 || Ascii.isBlank(next()) || next() == '(') {
      if (at >= text.length()) {
        throw fault();
      }
      switch (next()) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '\\' -> at++;
        default -> {}
      }
      at++;
    }
  }

  private static SyntaxFault fault() {
    return new SyntaxFault(ArcSets.RESULTS + " does not begin with i= and a number");
  }
}
