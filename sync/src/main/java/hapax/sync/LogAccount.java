package hapax.sync;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.RowReader;
import hapax.sync.ItemState.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An account that appends to its change log. Who changes it reads the index first, so one thread at
 * a time does; there is one object for each account of an open store. The lock is taken before any
 * that the blob store has, and no unit is begun or committed under it.
 */
final class LogAccount extends ReadAccount {
  /** Most items that one change expunges: keeps a change to some 16 KB. */
  static final int EXPUNGED_AT_ONCE = 1000;

  /**
   * How far, in seconds, the UIDVALIDITYs that an heir gives are above its clock. Those that others
   * give may be above theirs, by a second for each mailbox made or renumbered in one second, and
   * their clocks above ours by {@link HybridClock#MAX_AHEAD}; the store that was lost may have
   * shown such a number for a mailbox that the copy does not know. Far below {@link
   * ChangeGate#UID_VALIDITY_AHEAD}.
   */
  static final long HEIR_AHEAD = 1L << 20;

  private final HybridClock clock;
  private Identity self;
  private long sequence;

  LogAccount(String name, RowReader rows, Identity self, HybridClock clock) throws IOException {
    super(name, new AccountIndex(rows, name));
    this.self = self;
    this.clock = clock;
    this.sequence = index.seen(self.id()).highest();
  }

  /** Makes changes as somebody else from now on. */
  synchronized void become(Identity next) throws IOException {
    self = next;
    sequence = index.seen(next.id()).highest();
  }

  private void append(Intake unit, Body body) throws IOException {
    disown(unit);
    write(unit, body);
  }

  private void write(Intake unit, Body body) throws IOException {
    unit.append(new Change(self.id(), sequence + 1, clock.next(), name(), body).encode());
    sequence++;
  }

  /**
   * Before the first change of an heir: its store may have given UIDs that are not known here, and
   * clients may have seen them; so none of the mailboxes goes on under its UIDVALIDITY.
   */
  private void disown(Intake unit) throws IOException {
    if (sequence == 0 && self.heritage().isPresent()) {
      for (MailboxId mailbox : index.mailboxIds()) {
        renumber(unit, mailbox);
      }
    }
  }

  /**
   * A mailbox has a UIDVALIDITY that was given elsewhere: if that was before an heir was one, its
   * store may have shown it, too. Creations count with a margin for clocks that differ; answers of
   * other heirs do not, or two would answer each other without end.
   */
  private void tookValidity(Intake unit, MailboxBody body, Stamp given) throws IOException {
    long margin = body instanceof MailboxBody.Created ? HybridClock.MAX_AHEAD.toMillis() : 0;
    if (self.heritage().filter(from -> given.millis() <= from.millis() + margin).isPresent()) {
      renumber(unit, body.mailbox());
    }
  }

  /** Gives a UIDVALIDITY that an heir which came earlier can not have given. */
  private void renumber(Intake unit, MailboxId mailbox) throws IOException {
    long validity =
        Math.max(clock.wallSeconds() + HEIR_AHEAD, index.mailbox(mailbox).uidValidity() + 1);
    write(unit, new MailboxBody.Renumbered(mailbox, Math.min(validity, MailboxBody.MAX_NUMBER)));
  }

  /** Notes that the account is there; repeating it changes nothing. */
  synchronized void create(Intake unit) throws IOException {
    if (index.account().created() == null) {
      append(unit, new AccountBody.Created());
    }
  }

  @Override
  public synchronized Mailbox openMailbox(Intake unit, String name) throws IOException {
    Optional<Mailbox> found = mailbox(name);
    if (found.isPresent()) {
      return found.get();
    }
    String kept = Names.mailbox(name);
    disown(unit);
    append(unit, new MailboxBody.Created(unusedId(kept), kept, unusedUidValidity()));
    return mailbox(kept).orElseThrow();
  }

  /** One that no mailbox of the account had, here or at the store that an heir comes after. */
  private long unusedUidValidity() throws IOException {
    long ahead = self.heritage().isPresent() ? HEIR_AHEAD : 0;
    return Math.max(clock.wallSeconds() + ahead, index.highestUidValidity() + 1);
  }

  private MailboxId unusedId(String mailbox) throws IOException {
    int generation = 0;
    while (index.knows(MailboxId.derive(name(), mailbox, generation))) {
      generation++;
    }
    return MailboxId.derive(name(), mailbox, generation);
  }

  @Override
  public synchronized void rename(Intake unit, Mailbox mailbox, String name) throws IOException {
    String to = Names.mailbox(name);
    Map<String, MailboxId> others = new TreeMap<>();
    Map<String, MailboxId> renamed = new TreeMap<>();
    for (Mailbox each : mailboxes()) {
      if (each.id().equals(mailbox.id())) {
        renamed.put(to, each.id());
      } else if (isBelow(mailbox, each)) {
        renamed.put(Names.mailbox(to + each.name().substring(mailbox.name().length())), each.id());
      } else {
        others.put(each.name(), each.id());
      }
    }
    requireThere(mailbox, renamed.containsKey(to));
    for (String taken : renamed.keySet()) {
      if (others.containsKey(taken)) {
        throw new IllegalArgumentException("mailbox " + taken + " is there already");
      }
    }
    if (!to.equals(mailbox.name())) {
      for (Map.Entry<String, MailboxId> each : renamed.entrySet()) {
        append(unit, new MailboxBody.Renamed(each.getValue(), each.getKey()));
      }
    }
  }

  /** Whether one mailbox is below another; what is below INBOX stays there (RFC 9051, 6.3.6). */
  private static boolean isBelow(Mailbox upper, Mailbox lower) {
    return lower.name().startsWith(upper.name() + "/") && !upper.name().equals(Names.INBOX);
  }

  private void requireThere(Mailbox mailbox, boolean there) {
    if (!there) {
      throw new IllegalArgumentException(
          "account " + name() + " has no mailbox " + mailbox.name() + " any more");
    }
  }

  @Override
  public synchronized void delete(Intake unit, Mailbox mailbox) throws IOException {
    if (mailbox.name().equals(Names.INBOX)) {
      throw new IllegalArgumentException("INBOX can not be deleted (RFC 9051, 6.3.5)");
    }
    MailboxItems items = new MailboxItems(index, mailbox.id());
    List<ItemId> some = items.next(EXPUNGED_AT_ONCE);
    while (!some.isEmpty()) {
      append(unit, new ItemBody.Expunged(some));
      some = items.next(EXPUNGED_AT_ONCE);
    }
    append(unit, new MailboxBody.Deleted(mailbox.id()));
  }

  @Override
  public synchronized void subscribe(Intake unit, Mailbox mailbox, boolean subscribed)
      throws IOException {
    if (index.mailbox(mailbox.id()).subscribed() != subscribed) {
      append(unit, new MailboxBody.Subscribed(mailbox.id(), subscribed));
    }
  }

  @Override
  public synchronized long add(Intake unit, MailboxId mailbox, NewItem item) throws IOException {
    if (isForgotten(item.id())) {
      return 0;
    }
    Optional<Item> known = item(item.id());
    if (known.isPresent()) {
      return known.get().expunged().isPresent() ? 0 : known.get().uid();
    }
    long uid = nextUid(mailbox);
    append(
        unit,
        new ItemBody.Added(
            item.id(),
            mailbox,
            uid,
            item.message(),
            item.size(),
            item.internalDate().toEpochMilli(),
            FlagNames.canonical(item.flags())));
    return uid;
  }

  private long nextUid(MailboxId mailbox) throws IOException {
    if (!index.knows(mailbox)) {
      throw new IllegalArgumentException("account " + name() + " has no mailbox " + mailbox);
    }
    long uid = index.counts(mailbox).highestUid() + 1;
    if (uid > MailboxBody.MAX_NUMBER) {
      throw new IOException("mailbox " + mailbox + " of " + name() + " has no UIDs left");
    }
    return uid;
  }

  @Override
  public synchronized boolean flag(Intake unit, ItemId item, Set<String> set, Set<String> clear)
      throws IOException {
    ItemBody.Flagged wanted =
        new ItemBody.Flagged(item, FlagNames.canonical(set), FlagNames.canonical(clear));
    Optional<Item> found = item(item).filter(it -> it.expunged().isEmpty());
    if (found.isEmpty()) {
      return false;
    }
    SortedSet<String> toSet = new TreeSet<>(wanted.set());
    toSet.removeAll(found.get().flags());
    SortedSet<String> toClear = new TreeSet<>(wanted.cleared());
    toClear.retainAll(found.get().flags());
    if (toSet.isEmpty() && toClear.isEmpty()) {
      return false;
    }
    append(unit, new ItemBody.Flagged(item, toSet, toClear));
    return true;
  }

  @Override
  public synchronized void move(Intake unit, ItemId item, MailboxId to) throws IOException {
    @Nullable Place place = index.state(item).place();
    if (place != null && !place.mailbox().equals(to)) {
      append(unit, new ItemBody.Moved(item, to, nextUid(to)));
    }
  }

  @Override
  public synchronized boolean expunge(Intake unit, ItemId item) throws IOException {
    if (index.state(item).place() == null) {
      return false;
    }
    append(unit, new ItemBody.Expunged(List.of(item)));
    return true;
  }

  @Override
  public synchronized void recordSignatures(Intake unit, RecordId message, String record)
      throws IOException {
    if (signatures(message).isEmpty()) {
      append(unit, new AccountBody.SignaturesRecorded(message, record));
    }
  }

  @Override
  public synchronized long restore(Intake unit, ItemId item, MailboxId to) throws IOException {
    Optional<Item> gone = item(item).filter(it -> it.expunged().isPresent());
    if (gone.isEmpty() || gone.get().expunged().get().toEpochMilli() < index.account().horizon()) {
      return 0;
    }
    ItemId back = ItemIds.restored(item);
    while (index.state(back).added() != null || isForgotten(back)) {
      if (index.state(back).expunged() == null) {
        return 0;
      }
      back = ItemIds.restored(back);
    }
    Item was = gone.get();
    NewItem again = new NewItem(back, was.message(), was.size(), was.flags(), was.internalDate());
    return add(unit, to, again);
  }

  @Override
  public synchronized void setAttribute(
      Intake unit, Optional<MailboxId> mailbox, String key, Optional<String> value)
      throws IOException {
    if (!attribute(mailbox, key).equals(value)) {
      append(unit, new AccountBody.AttributeSet(mailbox, key, value));
    }
  }

  /** See {@link AccountIndex#binnedUpTo}. */
  Optional<Long> binnedUpTo(long before, int most) throws IOException {
    return index.binnedUpTo(before, most);
  }

  /** Lets go of items expunged before a millisecond. */
  synchronized void forget(Intake unit, long millis) throws IOException {
    append(unit, new AccountBody.Horizon(millis));
  }

  /**
   * Gives new UIDs to the items whose UID was given twice, above all that were ever given. Which
   * item gets which follows from the changes alone, so that replicas that know the same changes
   * give the same UIDs; to be called after changes of others were appended.
   */
  synchronized void reassignUids(Intake unit) throws IOException {
    Map<MailboxId, List<Waiting>> byMailbox = new TreeMap<>();
    index.pending(
        (mailbox, item) -> {
          @Nullable Place place = index.state(item).place();
          if (place != null && place.mailbox().equals(mailbox)) {
            byMailbox
                .computeIfAbsent(mailbox, any -> new ArrayList<>())
                .add(new Waiting(place.uid(), item, place.visit().stamp()));
          }
        });
    for (Map.Entry<MailboxId, List<Waiting>> mailbox : byMailbox.entrySet()) {
      mailbox.getValue().sort(Waiting.ORDER);
      for (Waiting waiting : mailbox.getValue()) {
        long uid = nextUid(mailbox.getKey());
        append(
            unit,
            new ItemBody.UidReassigned(waiting.item(), mailbox.getKey(), waiting.visit(), uid));
      }
    }
  }

  /** Takes changes from elsewhere; see {@link Exchange#take}. */
  synchronized Exchange.Taken take(Intake unit, List<byte[]> changes) throws IOException {
    disown(unit);
    ChangeGate gate = new ChangeGate(name(), index, clock, self.id());
    int known = 0;
    int taken = 0;
    Optional<String> refusal = Optional.empty();
    for (byte[] bytes : changes) {
      ChangeGate.Verdict verdict = gate.judge(bytes);
      if (verdict instanceof ChangeGate.Verdict.Known) {
        known++;
      } else if (verdict instanceof ChangeGate.Verdict.Refused refused) {
        refusal = Optional.of(refused.line());
        break;
      } else if (verdict instanceof ChangeGate.Verdict.Welcome welcome) {
        takeOne(unit, welcome.change(), bytes);
        taken++;
      }
    }
    if (taken > 0) {
      reassignUids(unit);
    }
    return new Exchange.Taken(taken, known, refusal);
  }

  private void takeOne(Intake unit, Change change, byte[] bytes) throws IOException {
    if (change.body() instanceof AccountBody.Trimmed) {
      long known = index.seen(change.origin()).upTo();
      Body rest = new AccountBody.Trimmed(change.sequence() - known);
      unit.append(
          new Change(change.origin(), change.sequence(), change.time(), name(), rest).encode());
    } else if (change.body() instanceof MailboxBody body) {
      long before = index.mailbox(body.mailbox()).uidValidity();
      unit.append(bytes);
      if (index.mailbox(body.mailbox()).uidValidity() > before) {
        tookValidity(unit, body, change.stamp());
      }
    } else {
      unit.append(bytes);
    }
  }

  private record Waiting(long uidBefore, ItemId item, Stamp visit) {
    static final Comparator<Waiting> ORDER =
        Comparator.comparingLong(Waiting::uidBefore).thenComparing(Waiting::item);
  }
}
