package hapax.reconstruct.signature;

/** Texts from messages, made fit for a report. */
final class Words {
  private Words() {}

  /** {@code text} without control characters, cut to {@code longest} characters. */
  static String clean(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 1);
    for (int i = 0; i < text.length() && out.length() < longest; i++) {
      char c = text.charAt(i);
      out.append(isUnfit(c) ? '\uFFFD' : c);
    }
    return text.length() > longest ? out.append('…').toString() : out.toString();
  }

  /** Control characters, and those that turn the direction of the text around them. */
  private static boolean isUnfit(char c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
  }
}
