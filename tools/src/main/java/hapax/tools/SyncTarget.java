package hapax.tools;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the other store of a sync is. */
sealed interface SyncTarget {
  Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");
  int MOST_PORT = 65535;

  /** What the far side's shell is to replace by the user's home folder. */
  String HOME = "~/";

  /** A store's folder on this machine. */
  record Folder(Path path) implements SyncTarget {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A command that runs {@code hapax sync-server} on its standard input and output. */
  record Command(List<String> words) implements SyncTarget {
    public Command {
      words = List.copyOf(words);
    }

    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }

  /** A service that listens, with mutual TLS. */
  record Service(String host, int port) implements SyncTarget {}

  /**
   * The target that {@code text} names.
   *
   * @throws IllegalArgumentException if it names none
   */
  static SyncTarget parse(String text) {
    if (text.startsWith("exec:")) {
      return new Command(List.of("sh", "-c", rest(text, "exec:", "a command")));
    }
    if (text.startsWith("ssh:")) {
      return ssh(rest(text, "ssh:", "a host"));
    }
    if (text.startsWith("tcp:")) {
      return service(rest(text, "tcp:", "host:port"));
    }
    return new Folder(Path.of(text));
  }

  /**
   * The host and port that {@code text} names; IPv6 addresses stand in brackets.
   *
   * @throws IllegalArgumentException if it names none
   */
  static Service service(String text) {
    Matcher matcher = HOST_AND_PORT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MOST_PORT) {
      throw new IllegalArgumentException("expected host:port, found " + text);
    }
    String host = matcher.group(1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new Service(
        bracketed ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(matcher.group(2)));
  }

  private static String rest(String text, String scheme, String what) {
    String rest = text.substring(scheme.length());
    if (rest.isBlank()) {
      throw new IllegalArgumentException("expected " + what + " after " + scheme);
    }
    return rest;
  }

  private static Command ssh(String place) {
    int colon = place.indexOf(':');
    String host = colon < 0 ? place : place.substring(0, colon);
    if (host.isEmpty() || host.startsWith("-")) {
      throw new IllegalArgumentException("expected [user@]host after ssh:, found " + place);
    }
    List<String> words = new ArrayList<>(List.of("ssh", "--", host, "hapax"));
    if (colon >= 0) {
      words.add("--store");
      words.add(farFolder(rest(place, host + ":", "a folder")));
    }
    words.add("sync-server");
    return new Command(words);
  }

  /** For the shell on the far side, which is to do no more with it than find the home folder. */
  private static String farFolder(String folder) {
    return folder.startsWith(HOME)
        ? HOME + quoted(folder.substring(HOME.length()))
        : quoted(folder);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
