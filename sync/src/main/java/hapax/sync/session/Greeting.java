package hapax.sync.session;

import hapax.sync.FieldWriter;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out, in as few bytes as possible, where two replicas differ. The one that was called waits
 * for the caller's hello: it then knows both sides, and its own hello says no more than where they
 * differ. What the caller did not say is guessed, from what it had seen when it was last heard, and
 * the guess is checked against the digest.
 */
final class Greeting {
  /** Vectors of this many bytes are said without asking whether they are needed. */
  private static final int FEW_BYTES = 512;

  /** Vectors that are probably needed are said up to this many bytes. */
  private static final int MANY_BYTES = 64 << 10;

  private final Replication replication;
  private final SessionOptions options;
  private final SortedMap<String, VersionVector> all;

  Greeting(Replication replication, SessionOptions options) throws IOException {
    this.replication = replication;
    this.options = options;
    this.all = limited(replication.vectors(), options.accounts());
  }

  private static SortedMap<String, VersionVector> limited(
      SortedMap<String, VersionVector> vectors, Optional<SortedSet<String>> accounts) {
    SortedMap<String, VersionVector> limited = new TreeMap<>(vectors);
    accounts.ifPresent(names -> limited.keySet().retainAll(names));
    return limited;
  }

  /** The caller's hello. */
  Hello call() throws IOException {
    Hello.Listed listed = Hello.Listed.ALL;
    SortedMap<String, VersionVector> said = all;
    Optional<Replication.Peer> lastPeer =
        replication.peers().values().stream().max(Comparator.comparing(Replication.Peer::heard));
    if (size(all) > FEW_BYTES && (lastPeer.isPresent() || size(all) > MANY_BYTES)) {
      listed = Hello.Listed.SOME;
      said = lastPeer.map(this::changedSince).orElseGet(TreeMap::new);
      if (size(said) > MANY_BYTES) {
        said = new TreeMap<>();
      }
    }
    return new Hello(
        replication.replica(),
        options.push(),
        options.pull(),
        listed,
        false,
        options.accounts(),
        Hello.Digest.of(all),
        said);
  }

  private static int size(SortedMap<String, VersionVector> vectors) {
    FieldWriter to = new FieldWriter();
    Vectors.write(vectors, to);
    return to.toBytes().length;
  }

  private SortedMap<String, VersionVector> changedSince(Replication.Peer peer) {
    SortedMap<String, VersionVector> changed = new TreeMap<>(all);
    changed.entrySet().removeIf(entry -> entry.getValue().equals(peer.seen().get(entry.getKey())));
    return changed;
  }

  /** What was agreed, as the one that was called sees it, and its hello. */
  record Answer(Hello hello, Agreement agreement, boolean waitsForVectors) {}

  /** The answer to a caller's hello. */
  Answer answer(Hello call) throws IOException {
    ensureStranger(call);
    Optional<SortedSet<String>> accounts = accounts(call);
    SortedMap<String, VersionVector> mine = limited(all, accounts);
    Optional<SortedMap<String, VersionVector>> theirs = theirs(call, accounts, mine);
    SortedMap<String, VersionVector> said = mine;
    if (theirs.isPresent()) {
      said = differences(mine, theirs.get());
    }
    Hello hello =
        new Hello(
            replication.replica(),
            options.push(),
            options.pull(),
            theirs.isPresent() ? Hello.Listed.DIFFERENT : Hello.Listed.ALL,
            theirs.isEmpty(),
            accounts,
            Hello.Digest.of(mine),
            said);
    return new Answer(
        hello, agreement(call, accounts, mine, theirs.orElseGet(TreeMap::new)), theirs.isEmpty());
  }

  private void ensureStranger(Hello hello) throws SyncException {
    if (hello.replica() == replication.replica()) {
      throw new SyncException("a store can not be synced with itself");
    }
  }

  private Optional<SortedSet<String>> accounts(Hello call) throws SyncException {
    if (call.accounts().isEmpty()) {
      return options.accounts();
    }
    for (String account : call.accounts().get()) {
      if (options.accounts().isPresent() && !options.accounts().get().contains(account)) {
        throw new SyncException("account " + account + " may not be synced with this peer");
      }
    }
    return call.accounts();
  }

  private Optional<SortedMap<String, VersionVector>> theirs(
      Hello call, Optional<SortedSet<String>> accounts, SortedMap<String, VersionVector> mine)
      throws IOException {
    if (call.listed() == Hello.Listed.ALL) {
      return Optional.of(limited(call.vectors(), accounts));
    }
    SortedMap<String, VersionVector> guess = new TreeMap<>(mine);
    guess.putAll(limited(call.vectors(), accounts));
    if (Hello.Digest.of(guess).equals(call.digest())) {
      return Optional.of(guess);
    }
    guess.putAll(limited(replication.seenBy(call.replica()), accounts));
    guess.putAll(limited(call.vectors(), accounts));
    return Hello.Digest.of(guess).equals(call.digest()) ? Optional.of(guess) : Optional.empty();
  }

  private static SortedMap<String, VersionVector> differences(
      SortedMap<String, VersionVector> mine, SortedMap<String, VersionVector> theirs) {
    SortedSet<String> accounts = new TreeSet<>(mine.keySet());
    accounts.addAll(theirs.keySet());
    SortedMap<String, VersionVector> differences = new TreeMap<>();
    for (String account : accounts) {
      VersionVector here = mine.getOrDefault(account, VersionVector.NOTHING);
      if (!here.equals(theirs.getOrDefault(account, VersionVector.NOTHING))) {
        differences.put(account, here);
      }
    }
    return differences;
  }

  /**
   * What was agreed, as the caller sees it.
   *
   * @throws SyncException if the answer is for more accounts than were spoken of
   */
  Agreement conclude(Hello answer) throws IOException {
    ensureStranger(answer);
    if (options.accounts().isPresent() && !isWithin(options.accounts().get(), answer.accounts())) {
      throw new SyncException("the peer answers for accounts of which the talk is not to be");
    }
    SortedMap<String, VersionVector> mine = limited(all, answer.accounts());
    SortedMap<String, VersionVector> theirs =
        answer.listed() == Hello.Listed.ALL ? new TreeMap<>() : new TreeMap<>(mine);
    theirs.putAll(limited(answer.vectors(), answer.accounts()));
    return agreement(answer, answer.accounts(), mine, theirs);
  }

  private static boolean isWithin(SortedSet<String> ours, Optional<SortedSet<String>> answer) {
    return answer.isPresent() && ours.containsAll(answer.get());
  }

  private Agreement agreement(
      Hello peer,
      Optional<SortedSet<String>> accounts,
      SortedMap<String, VersionVector> mine,
      SortedMap<String, VersionVector> theirs) {
    return new Agreement(
        peer.replica(),
        options.push() && peer.receives(),
        options.pull() && peer.sends(),
        accounts,
        mine,
        theirs);
  }
}
