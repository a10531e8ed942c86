package hapax.reconstruct.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The public keys that signatures are checked with, besides those that messages carry. Any thread
 * may use it.
 */
public final class Keys {
  private final Map<String, List<String>> dkimRecords;
  private final DkimKeys dkim;

  private Keys(Map<String, List<String>> dkimRecords, TxtLookup lookup) {
    this.dkimRecords = dkimRecords;
    this.dkim = new DkimKeys(dkimRecords, lookup);
  }

  /** No keys but those in the messages. */
  public static Keys none() {
    return new Keys(Map.of(), name -> List.of());
  }

  /** The keys in {@code text}, of any of the kinds that a file may hold. */
  public static Keys of(String text) {
    return new Keys(ZoneText.read(text.lines().toList()), name -> List.of());
  }

  /** The keys in {@code files}. */
  public static Keys read(Collection<Path> files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
    }
    return of(text.toString());
  }

  /** These keys, and {@code lookup} for DKIM keys that are not among them. */
  public Keys withLookup(TxtLookup lookup) {
    return new Keys(dkimRecords, lookup);
  }

  DkimKeys dkim() {
    return dkim;
  }
}
