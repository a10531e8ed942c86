package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One history, all of it from a seed: replicas that change an account, whose exchanges are late,
 * lost, repeated, cut short and out of order; that are rolled back to old copies, and copied, and
 * lost when they have told a part of what they forgot; that retire one another, and meet again;
 * that keep what was expunged each by a time of its own, and restore it.
 */
final class History {
  private static final List<String> NAMES = List.of("INBOX", "Work", "Work/2026", "Home");
  private static final List<String> FLAGS = List.of("\\Seen", "\\Flagged", "work");
  private static final int STEPS = 60;
  private static final int ITEMS = 12;
  private static final int MOST_REPLICAS = 5;

  private final long seed;
  private final Random random;

  /** Seconds for which stores keep what was expunged. */
  private static final int[] KEEP = {0, 8, 40, 1000};

  /** Decides who keeps, restores, is retired, and where lines tear. */
  private final Random others;

  private final List<Server> servers = new ArrayList<>();
  private final List<Letter> underWay = new ArrayList<>();
  private int step;

  /** The latest horizon of any store, be it here still or not. */
  private long latestHorizon;

  /** Changes on their way from one store to another. */
  private record Letter(int to, VersionVector base, List<byte[]> changes) {}

  /** A server that clients know by its name, whatever happens to its store. */
  private static final class Server {
    private Side side;
    private MemoryBlobs backup;
    private VersionVector heard = VersionVector.NOTHING;
    private final Map<String, ItemId> named = new HashMap<>();

    /** By name, UIDVALIDITY and UID, the item that was shown while the store was no heir. */
    private final Map<String, ItemId> called = new HashMap<>();

    private final Map<String, Long> highest = new HashMap<>();
    private final int keep;

    /** Up to where it let go of something itself, and what it could restore when last looked at. */
    private long horizon;

    private final Set<ItemId> restorable = new TreeSet<>();

    Server(Side side, int keep) throws IOException {
      this.side = side;
      this.keep = keep;
      this.backup = side.blobs.copy();
      this.horizon = horizonOf(side);
    }

    /** Goes on with another store. */
    void become(Side other) throws IOException {
      side = other;
      horizon = horizonOf(other);
      restorable.clear();
    }
  }

  History(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.others = new Random(~seed);
  }

  void run() throws IOException {
    try {
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        servers.add(new Server(new Side(random.nextLong()), keep()));
      }
      for (step = 0; step < STEPS; step++) {
        next();
      }
      end();
    } catch (IOException | RuntimeException | AssertionError failed) {
      throw new AssertionError("history of seed " + seed + ", step " + step, failed);
    }
  }

  private int keep() {
    return KEEP[others.nextInt(KEEP.length)];
  }

  private static long horizonOf(Side side) throws IOException {
    return side.store.index(Side.ACCOUNT).account().horizon();
  }

  private void next() throws IOException {
    int who = random.nextInt(servers.size());
    Server server = servers.get(who);
    server.side.at(random.nextInt(1 + 2 * step));
    switch (random.nextInt(40)) {
      case 0 -> server.backup = server.side.blobs.copy();
      case 1 -> server.become(heir(server.backup, server.side));
      case 2 -> copy(server);
      case 3, 4, 5, 6, 7, 8 -> write(server, random.nextInt(servers.size()));
      case 9, 10, 11, 12, 13, 14 -> deliver();
      case 16 -> forget(server);
      case 17, 18 -> trim(server.side);
      case 15 -> server.side.receive(servers.get(random.nextInt(servers.size())).side);
      default -> change(server.side);
    }
    if (others.nextInt(8) == 0) {
      restore(server);
    }
    look(server);
    if (others.nextInt(20) == 0) {
      lose(server);
    }
    if (others.nextInt(20) == 0) {
      retire(servers.get(others.nextInt(servers.size())).side);
    }
    if (step > 0 && others.nextInt(20) == 0) {
      tear(servers.get(others.nextInt(servers.size())).side);
    }
  }

  private void forget(Server server) throws IOException {
    server.side.store.forgetExpungedBefore(server.side.now().minusSeconds(server.keep));
    server.horizon = horizonOf(server.side);
    latestHorizon = Math.max(latestHorizon, server.horizon);
  }

  /**
   * A store lets go of all that was expunged, tells another a part of what is left, and is rolled
   * back to a copy from before: of what it changed since, all but that part is lost. Not one that
   * has trimmed its log ({@code doc/merge.md}, what is not done).
   */
  private void lose(Server server) throws IOException {
    Server to = servers.get(others.nextInt(servers.size()));
    if (to == server || hasTrimmed(server.side)) {
      return;
    }
    server.side.store.forgetExpungedBefore(server.side.now());
    server.horizon = horizonOf(server.side);
    latestHorizon = Math.max(latestHorizon, server.horizon);
    List<byte[]> changes = server.side.lackedBy(to.side.exchange().seen(Side.ACCOUNT));
    int end = others.nextInt(changes.size() + 1);
    to.side.exchange().take(to.side.unit, Side.ACCOUNT, changes.subList(0, end));
    look(to);
    server.become(heir(server.backup, server.side));
  }

  private static boolean hasTrimmed(Side side) throws IOException {
    for (byte[] entry : side.blobs.log.values()) {
      if (!LocalNote.isLocal(entry) && Change.decode(entry).body() instanceof AccountBody.Trimmed) {
        return true;
      }
    }
    return false;
  }

  private void restore(Server server) throws IOException {
    List<ItemId> items = List.copyOf(server.restorable);
    if (!items.isEmpty()) {
      ItemId item = items.get(others.nextInt(items.size()));
      MailboxId to = server.side.open(NAMES.get(others.nextInt(NAMES.size())));
      server.side.account.restore(server.side.unit, item, to);
    }
  }

  /** Some store takes one of its peers for one that will not come back; mostly it does. */
  private void retire(Side side) throws IOException {
    List<Long> peers = List.copyOf(side.store.replication().peers().keySet());
    if (!peers.isEmpty()) {
      long peer = peers.get(others.nextInt(peers.size()));
      side.store.replication().retire(peer);
      assertEquals(Map.of(), side.store.replication().seenBy(peer));
    }
  }

  /** Trims; the rows are the fold of the log, and must be that of what is left of it. */
  private static void trim(Side side) throws IOException {
    side.store.trimLogs();
    assertEquals(List.of(), IndexCheck.findings(side.store));
  }

  /**
   * Somebody new takes a part of what a store has that let go of something: there the line tears.
   * Then the new store lets go, and trims, by a time of its own. Neither is heard of again.
   */
  private void tear(Side side) throws IOException {
    int now = 2 * step;
    Side from = new Side(side.blobs.copy(), side.store.identity()).at(now);
    from.store.forgetExpungedBefore(Side.moment(others.nextInt(now)));
    List<byte[]> changes = from.lackedBy(VersionVector.NOTHING);
    Side to = new Side(others.nextLong()).at(now);
    int end = others.nextBoolean() ? changes.size() : others.nextInt(changes.size() + 1);
    to.exchange().take(to.unit, Side.ACCOUNT, changes.subList(0, end));
    to.account.forget(to.unit, Side.moment(others.nextInt(now)).toEpochMilli());
    trim(to);
    Side.meet(from, to);
    requireSame(Math.max(latestHorizon, Math.max(horizonOf(from), horizonOf(to))), from, to);
  }

  /**
   * Stores that know the same changes: what each has not forgotten is the same, and so is all once
   * all have forgotten as much as any store ever did.
   */
  private static void requireSame(long horizon, Side... sides) throws IOException {
    for (Side side : sides) {
      assertEquals(sides[0].blobs.rows.common(), side.blobs.rows.common());
    }
    long all = Math.max(horizon, afterForgotten(sides));
    for (Side side : sides) {
      side.account.forget(side.unit, all);
      assertEquals(sides[0].blobs.rows.ofAccounts(), side.blobs.rows.ofAccounts());
      assertEquals(List.of(), IndexCheck.findings(side.store));
    }
  }

  /**
   * The millisecond after what any side knows only as forgotten was expunged. That is before the
   * horizon of who forgot it, unless that expunging was lost, and others expunged it later.
   */
  private static long afterForgotten(Side... sides) throws IOException {
    long after = 0;
    for (Side side : sides) {
      for (byte[] entry : side.blobs.log.values()) {
        if (!LocalNote.isLocal(entry)
            && Change.decode(entry).body() instanceof ItemBody.Forgotten forgotten) {
          Stamp expunged = side.store.index(Side.ACCOUNT).state(forgotten.item()).expunged();
          assertNotNull(expunged, "forgotten, but not expunged");
          after = Math.max(after, expunged.millis() + 1);
        }
      }
    }
    return after;
  }

  /**
   * A store made of a copy, which has an identity of its own. If an heir of that copy was there
   * before, so many seconds have passed that it gave no UIDVALIDITY that this one may give: neither
   * could know of the other ({@code doc/merge.md}, what is not done).
   */
  private Side heir(MemoryBlobs blobs, Side before) throws IOException {
    long of = before.store.identity().id();
    Identity.Heritage heritage = new Identity.Heritage(of, Side.START + 2000L * step);
    Side heir = new Side(blobs.copy(), new Identity(random.nextLong(), Optional.of(heritage)));
    long given = before.store.index(Side.ACCOUNT).mailboxes().highestUidValidity();
    return heir.at(Math.max(2L * step, given - OwnLog.HEIR_AHEAD - Side.START / 1000 + 1));
  }

  private void copy(Server server) throws IOException {
    if (servers.size() < MOST_REPLICAS) {
      servers.add(new Server(heir(server.side.blobs, server.side), keep()));
    }
  }

  private void write(Server to, int from) throws IOException {
    Side sender = servers.get(from).side;
    long reader = to.side.store.identity().id();
    if (random.nextBoolean()) {
      to.heard = to.side.exchange().seen(Side.ACCOUNT);
      sender.store.replication().heard(reader, Map.of(Side.ACCOUNT, to.heard));
    }
    VersionVector base = isRetired(sender, reader) ? VersionVector.NOTHING : to.heard;
    underWay.add(new Letter(servers.indexOf(to), base, sender.lackedBy(base)));
  }

  /** Whether nothing was heard of a peer since it was retired: it is written to as if new. */
  private static boolean isRetired(Side side, long peer) throws IOException {
    return RetiredNote.when(side.blobs.rows, peer) != null
        && side.store.replication().seenBy(peer).isEmpty();
  }

  private void deliver() throws IOException {
    if (underWay.isEmpty()) {
      return;
    }
    int which = random.nextInt(underWay.size());
    Letter letter = random.nextInt(3) == 0 ? underWay.get(which) : underWay.remove(which);
    if (random.nextInt(6) == 0) {
      return;
    }
    int most = letter.changes.size();
    int length = random.nextInt(3) == 0 ? random.nextInt(most + 1) : most;
    Server to = servers.get(letter.to);
    List<byte[]> changes = letter.changes.subList(0, length);
    Exchange.Taken taken =
        to.side.exchange().take(to.side.unit, Side.ACCOUNT, letter.base, changes);
    String refusal = taken.refusal().orElse("build on others");
    assertTrue(refusal.contains("build on others"), refusal);
    look(to);
  }

  private void change(Side side) throws IOException {
    LogAccount account = side.account;
    ItemId item = Side.id(random.nextInt(ITEMS));
    MailboxId mailbox = side.open(NAMES.get(random.nextInt(NAMES.size())));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        int number = random.nextInt(ITEMS);
        String flag = FLAGS.get(random.nextInt(FLAGS.size()));
        account.add(side.unit, mailbox, Side.newItem(number, random.nextInt(3) + number, flag));
      }
      case 4, 5 ->
          account.flag(side.unit, item, Set.of(FLAGS.get(random.nextInt(2))), Set.of(FLAGS.get(2)));
      case 6 -> account.flag(side.unit, item, Set.of(), Set.of(FLAGS.get(random.nextInt(2))));
      case 7, 8 -> account.move(side.unit, item, mailbox);
      case 9 -> account.expunge(side.unit, item);
      default -> changeMailbox(side);
    }
  }

  private void changeMailbox(Side side) throws IOException {
    List<Mailbox> mailboxes = side.account.mailboxes();
    Mailbox mailbox = mailboxes.get(random.nextInt(mailboxes.size()));
    String name = NAMES.get(random.nextInt(NAMES.size()));
    boolean free =
        mailboxes.stream().noneMatch(m -> m.name().equals(name) || m.name().startsWith(name + "/"));
    if (random.nextInt(3) == 0) {
      side.account.subscribe(side.unit, mailbox, random.nextBoolean());
    } else if (mailbox.name().equals("INBOX")) {
      side.account.setAttribute(side.unit, Optional.of(mailbox.id()), "k", Optional.of(name));
    } else if (free && !name.startsWith(mailbox.name() + "/")) {
      side.account.rename(side.unit, mailbox, name);
    } else {
      side.account.delete(side.unit, mailbox);
    }
  }

  /**
   * Looks as a client does, and holds the server to what it showed before. A store that was rolled
   * back may show what the copy showed until it changes anything.
   */
  private static void look(Server server) throws IOException {
    boolean isHeir = server.side.store.identity().heritage().isPresent();
    boolean asCopied = isHeir && !server.side.hasChanged();
    if (!asCopied) {
      assertEquals(
          List.of(), server.side.store.index(Side.ACCOUNT).mailboxes().ofSharedUidValidity());
    }
    for (Mailbox mailbox : server.side.account.mailboxes()) {
      String place = mailbox.id() + " " + mailbox.uidValidity();
      long highestBefore = server.highest.getOrDefault(place, 0L);
      server.side.account.items(
          mailbox.id(),
          1,
          item -> {
            ItemId first = server.named.putIfAbsent(place + " " + item.uid(), item.id());
            assertTrue(first == null || first.equals(item.id()), "a UID of two items");
            if (!isHeir) {
              String called = mailbox.name() + " " + mailbox.uidValidity() + " " + item.uid();
              ItemId before = server.called.putIfAbsent(called, item.id());
              assertTrue(before == null || before.equals(item.id()), "two of one name");
            }
            assertTrue(
                asCopied || first != null || item.uid() > highestBefore, "a UID that came late");
            server.highest.merge(place, item.uid(), Math::max);
            return true;
          });
      long highest = server.highest.getOrDefault(place, 0L);
      assertTrue(asCopied || mailbox.uidNext() > highest, "UIDNEXT");
    }
    lookIntoBin(server);
  }

  /** What a store can restore goes by what it forgets itself, whatever others do. */
  private static void lookIntoBin(Server server) throws IOException {
    assertEquals(server.horizon, horizonOf(server.side), "somebody else's horizon");
    AccountIndex index = server.side.store.index(Side.ACCOUNT);
    for (ItemId item : server.restorable) {
      Stamp expunged = index.state(item).expunged();
      assertTrue(
          expunged != null
              && (expunged.millis() < server.horizon || server.side.account.item(item).isPresent()),
          "nobody forgot it here");
    }
    server.restorable.clear();
    for (MailboxId mailbox : index.mailboxes().ids()) {
      server.side.account.expungedItems(mailbox, item -> server.restorable.add(item.id()));
    }
  }

  private void end() throws IOException {
    VersionVector all = VersionVector.NOTHING;
    for (Server server : servers) {
      all = all.join(server.side.exchange().seen(Side.ACCOUNT));
    }
    Side[] sides = servers.stream().map(server -> server.side).toArray(Side[]::new);
    for (Side side : sides) {
      // After all became heirs who did, as it always is when one answers another.
      side.at(2L * STEPS + 2);
    }
    Side.meet(sides);
    TreeMap<byte[], byte[]> log = sides[0].blobs.log;
    assertTrue(sides[0].exchange().seen(Side.ACCOUNT).covers(all), "a change was lost");
    MergeOracle oracle = new MergeOracle(log.values());
    for (Server server : servers) {
      look(server);
      assertEquals(
          List.of(), server.side.store.index(Side.ACCOUNT).mailboxes().ofSharedUidValidity());
      assertEquals(oracle.text(), oracle.text(server.side.account));
    }
    requireSame(latestHorizon, sides);
    requireSame(Side.moment(2L * STEPS).toEpochMilli(), sides);
    for (Side side : sides) {
      String forgotten = side.blobs.rows.text();
      trim(side);
      assertEquals(forgotten, side.blobs.rows.text());
    }
    assertEquals(oracle.text(), new MergeOracle(log.values()).text(sides[0].account));
    List<byte[]> entries = new ArrayList<>(log.values());
    Collections.shuffle(entries, random);
    MemoryBlobs anew = new MemoryBlobs();
    for (byte[] entry : entries) {
      anew.append(entry);
    }
    assertEquals(sides[0].blobs.rows.text(), anew.rows.text());
  }
}
