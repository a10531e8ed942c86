package hapax.sync;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names of flags. The system flags of RFC 9051, 2.3.2, are known in any case; every other name is
 * kept as given.
 */
final class FlagNames {
  /** Longest name in UTF-8 bytes. */
  static final int MAX_BYTES = 255;

  private static final List<String> SYSTEM =
      List.of("\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen");

  private FlagNames() {}

  /**
   * The names sorted, system flags in their one spelling.
   *
   * @throws IllegalArgumentException if a name is empty, too long, or has control characters
   */
  static SortedSet<String> canonical(Collection<String> names) {
    if (names.isEmpty()) {
      return Collections.emptySortedSet();
    }
    TreeSet<String> canonical = new TreeSet<>();
    for (String name : names) {
      canonical.add(canonical(name));
    }
    return Collections.unmodifiableSortedSet(canonical);
  }

  private static String canonical(String name) {
    if (name.startsWith("\\")) {
      for (String system : SYSTEM) {
        if (system.equalsIgnoreCase(name)) {
          return system;
        }
      }
    }
    return Names.check("flag", name, MAX_BYTES);
  }
}
