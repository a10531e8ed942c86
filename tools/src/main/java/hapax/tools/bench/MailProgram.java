package hapax.tools.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How mail programs write base64. */
enum MailProgram {
  USUAL(76, false),
  WIDE(76, true),
  NARROW(72, false),
  PERL(60, true),
  PHP(64, false),
  ONE_LINE(0, true);

  private static final byte[] LINE_END = {'\n'};

  private final int width;
  private final boolean blankLine;

  MailProgram(int width, boolean blankLine) {
    this.width = width;
    this.blankLine = blankLine;
  }

  String base64(byte[] content) {
    Base64.Encoder encoder =
        width == 0 ? Base64.getEncoder() : Base64.getMimeEncoder(width, LINE_END);
    return new String(encoder.encode(content), StandardCharsets.US_ASCII)
        + (blankLine ? "\n\n" : "\n");
  }
}
