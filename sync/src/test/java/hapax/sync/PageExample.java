package hapax.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worked example of a page: the bytes in its first {@code hex} block, without the remarks. */
public final class PageExample {
  private PageExample() {}

  public static String hex(String page) throws IOException {
    String text = Files.readString(Path.of("doc", page));
    int start = text.indexOf("```hex\n") + "```hex\n".length();
    StringBuilder hex = new StringBuilder();
    text.substring(start, text.indexOf("```", start))
        .lines()
        .forEach(line -> hex.append(line.split(" {2}", 2)[0].replace(" ", "")));
    return hex.toString();
  }
}
