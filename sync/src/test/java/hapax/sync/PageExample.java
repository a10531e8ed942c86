package hapax.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worked examples of a page: the bytes in its {@code hex} blocks, without the remarks. */
public final class PageExample {
  private PageExample() {}

  /** The first one. */
  public static String hex(String page) throws IOException {
    return hex(page, 0);
  }

  /** The one that so many come before. */
  static String hex(String page, int before) throws IOException {
    String text = Files.readString(Path.of("doc", page));
    int start = 0;
    for (int i = 0; i <= before; i++) {
      start = text.indexOf("```hex\n", start) + "```hex\n".length();
    }
    StringBuilder hex = new StringBuilder();
    text.substring(start, text.indexOf("```", start))
        .lines()
        .forEach(line -> hex.append(line.split(" {2}", 2)[0].replace(" ", "")));
    return hex.toString();
  }
}
