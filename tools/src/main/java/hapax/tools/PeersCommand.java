package hapax.tools;

import hapax.sync.Debt;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the replicas that this store has met. */
@Command(
    name = "peers",
    description =
        "List the stores that this one has synced with, what each had seen then, and what is owed:"
            + " content that bundles could not bring.",
    footer = {"", "Examples:", "  hapax peers", "  hapax peers --retire 5f3a90c1d2e4b687"})
final class PeersCommand extends StoreCommand {
  @Option(
      names = "--retire",
      paramLabel = "PEER",
      description = {
        "Take a peer that will not come back off the list, with what was noted of it: what it had"
            + " seen, and what is owed. Its 16 digits, or enough of the first.",
        "Nothing waits for a peer, so this is never needed. One that comes again all the same is"
            + " met like a new one, and merges as before."
      })
  private @Nullable String retire;

  PeersCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    Replication replication = store.replication();
    List<String> retired = retire(replication, results);
    Map<String, VersionVector> mine = replication.vectors();
    List<Map<String, Object>> peers = new ArrayList<>();
    for (Replication.Peer peer : replication.peers().values()) {
      long behind = behind(mine, peer);
      String name = Replication.name(peer.replica());
      results.line(
          String.format(
              "%s  %s  %s behind", name, Text.time(peer.heard()), Text.count(behind, "change")));
      Map<String, Object> object = Json.object("replica", name, "heard", peer.heard());
      object.put("changes_behind", behind);
      object.put("seen", seen(peer));
      peers.add(object);
    }
    String self = Replication.name(replication.replica());
    results.line(self + "  this store");
    Map<String, Object> object = Json.object("replica", self, "peers", peers);
    object.put("debts", debts(replication, results));
    object.put("retired", retired);
    results.object(object);
    return ExitCode.DONE;
  }

  private List<String> retire(Replication replication, Results results) throws IOException {
    if (retire == null) {
      return List.of();
    }
    if (retire.isEmpty()) {
      throw misuse("--retire: a name is missing");
    }
    long peer = PeerName.find(replication, retire);
    replication.retire(peer);
    String name = Replication.name(peer);
    results.line(name + "  retired");
    return List.of(name);
  }

  private static List<Map<String, Object>> debts(Replication replication, Results results)
      throws IOException {
    List<Map<String, Object>> debts = new ArrayList<>();
    for (Debt debt : replication.debts()) {
      String peer = Replication.name(debt.peer());
      results.line(
          String.format(
              "%s %s since %s, account %s: %s",
              debt.ours() ? "owed to" : "owed by",
              peer,
              Text.time(debt.since()),
              debt.account(),
              debt.reason()));
      Map<String, Object> object = Json.object("replica", peer, "ours", debt.ours());
      object.put("account", debt.account());
      object.put("since", debt.since());
      object.put("reason", debt.reason());
      debts.add(object);
    }
    return debts;
  }

  /** Changes here that the peer had not seen when it was last heard. */
  private static long behind(Map<String, VersionVector> mine, Replication.Peer peer) {
    long behind = 0;
    for (Map.Entry<String, VersionVector> account : mine.entrySet()) {
      behind +=
          peer.seen()
              .getOrDefault(account.getKey(), VersionVector.NOTHING)
              .missing(account.getValue());
    }
    return behind;
  }

  private static Map<String, ?> seen(Replication.Peer peer) {
    Map<String, Object> seen = new TreeMap<>();
    peer.seen()
        .forEach(
            (account, vector) -> {
              Map<String, Object> numbers = new TreeMap<>();
              vector
                  .marks()
                  .forEach((origin, mark) -> numbers.put(Replication.name(origin), mark.number()));
              seen.put(account, numbers);
            });
    return seen;
  }
}
