package hapax.sync.format;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as text and back, whatever the locale: file systems keep bytes, and Java reads
 * them in the locale's encoding and marks what does not fit with U+FFFD. Such names are taken and
 * made by their bytes, as UTF-8.
 */
final class FileNames {
  private static final char UNREADABLE = '\uFFFD';

  private FileNames() {}

  /** The name of a file as text; a name that is not UTF-8 keeps its odd bytes as {@code %XX}. */
  static String text(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    return text.indexOf(UNREADABLE) < 0 ? text : textOfBytes(rawName(file));
  }

  /** Whether {@code folder.resolve(text)} finds the file again. */
  static boolean isPlain(Path file) {
    return file.toString().indexOf(UNREADABLE) < 0;
  }

  /** A file in a folder by its name, even if the locale can not write that name. */
  static Path resolve(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException notInThisLocale) {
      String base = folder.toUri().getRawPath();
      String slash = base.endsWith("/") ? "" : "/";
      return Path.of(URI.create("file://" + base + slash + percentEncoded(name)));
    }
  }

  /** The last name of the path, percent-encoded byte by byte. */
  private static String rawName(Path file) {
    String raw = file.toUri().getRawPath();
    int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    return raw.substring(raw.lastIndexOf('/', end - 1) + 1, end);
  }

  private static String textOfBytes(String raw) {
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        c = (char) Integer.parseInt(raw, i + 1, i + 3, 16);
        i += 2;
      }
      bytes[length++] = (byte) c;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return raw;
    }
  }

  private static String percentEncoded(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0);
      out.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return out.toString();
  }
}
