package hapax.tools;

import hapax.sync.Debt;
import hapax.sync.Replication;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A peer as users name it: its 16 hexadecimal digits, or so many of the first that it is clear. */
final class PeerName {
  /** Digits that may be wrong, missing or too many in a name that is taken for another's. */
  private static final int MOST_SLIPS = 3;

  private PeerName() {}

  /**
   * The peer of a name, of those that the store knows.
   *
   * @throws FailedException if there is none, or more than one
   */
  static long find(Replication replication, String name) throws IOException {
    SortedSet<String> known = new TreeSet<>();
    replication.peers().keySet().forEach(peer -> known.add(Replication.name(peer)));
    for (Debt debt : replication.debts()) {
      known.add(Replication.name(debt.peer()));
    }
    List<String> meant = known.stream().filter(peer -> peer.startsWith(name)).toList();
    if (meant.size() > 1) {
      throw new FailedException(name + " may be any of " + String.join(", ", meant));
    }
    if (meant.isEmpty()) {
      throw new FailedException(whyNone(replication, name, known));
    }
    return Replication.parse(meant.get(0));
  }

  private static String whyNone(Replication replication, String name, SortedSet<String> known) {
    if (name.equals(Replication.name(replication.replica()))) {
      return name + " is this store itself";
    }
    Optional<String> near =
        known.stream()
            .filter(peer -> slips(peer, name) <= MOST_SLIPS)
            .min(Comparator.comparingInt(peer -> slips(peer, name)));
    return "no peer " + name + near.map(peer -> "; did you mean " + peer + "?").orElse("");
  }

  /** How many letters must be changed, put in or taken out to make one word of another. */
  static int slips(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[other.length()];
  }
}
