package hapax.sync;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.RowReader;
import hapax.sync.ItemState.Place;
import java.io.IOException;
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

  private final HybridClock clock;
  private final OwnLog.BeforeChange before;
  private final OwnLog log;
  private final UidGiver uids;

  LogAccount(
      String name, RowReader rows, Identity self, HybridClock clock, OwnLog.BeforeChange before)
      throws IOException {
    super(name, new AccountIndex(rows, name));
    this.clock = clock;
    this.log = new OwnLog(name, index, self, clock, before);
    this.before = before;
    this.uids = new UidGiver(name, index, log);
  }

  /** Makes changes as somebody else from now on. */
  synchronized void become(Identity next) throws IOException {
    log.become(next);
  }

  /** Notes that the account is there; repeating it changes nothing. */
  synchronized void create(Intake unit) throws IOException {
    if (index.account().created() == null) {
      log.append(unit, new AccountBody.Created());
    }
  }

  @Override
  public synchronized Mailbox openMailbox(Intake unit, String name) throws IOException {
    Optional<Mailbox> found = mailbox(name);
    if (found.isPresent()) {
      return found.get();
    }
    String kept = Names.mailbox(name);
    log.disown(unit);
    log.append(unit, new MailboxBody.Created(unusedId(kept), kept, log.unusedUidValidity()));
    return mailbox(kept).orElseThrow();
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
        log.append(unit, new MailboxBody.Renamed(each.getValue(), each.getKey()));
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
      log.append(unit, new ItemBody.Expunged(some));
      some = items.next(EXPUNGED_AT_ONCE);
    }
    log.append(unit, new MailboxBody.Deleted(mailbox.id()));
  }

  @Override
  public synchronized void subscribe(Intake unit, Mailbox mailbox, boolean subscribed)
      throws IOException {
    if (index.mailbox(mailbox.id()).subscribed() != subscribed) {
      log.append(unit, new MailboxBody.Subscribed(mailbox.id(), subscribed));
    }
  }

  @Override
  public synchronized long add(Intake unit, MailboxId mailbox, NewItem item) throws IOException {
    ItemState known = index.state(item.id());
    if (known.expunged() != null || known.forgottenElsewhere()) {
      return 0;
    }
    if (known.added() != null) {
      return item(item.id()).map(Item::uid).orElse(0L);
    }
    long uid = uids.next(mailbox);
    log.append(
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
    log.append(unit, new ItemBody.Flagged(item, toSet, toClear));
    return true;
  }

  @Override
  public synchronized void move(Intake unit, ItemId item, MailboxId to) throws IOException {
    @Nullable Place place = index.state(item).place();
    if (place != null && !place.mailbox().equals(to)) {
      log.append(unit, new ItemBody.Moved(item, to, uids.next(to)));
    }
  }

  @Override
  public synchronized boolean expunge(Intake unit, ItemId item) throws IOException {
    if (index.state(item).place() == null) {
      return false;
    }
    log.append(unit, new ItemBody.Expunged(List.of(item)));
    return true;
  }

  @Override
  public synchronized void recordSignatures(Intake unit, RecordId message, String record)
      throws IOException {
    if (signatures(message).isEmpty()) {
      log.append(unit, new AccountBody.SignaturesRecorded(message, record));
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
      if (index.state(back).place() != null) {
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
      log.append(unit, new AccountBody.AttributeSet(mailbox, key, value));
    }
  }

  /** See {@link AccountIndex#binnedUpTo}. */
  Optional<Long> binnedUpTo(long before, int most) throws IOException {
    return index.binnedUpTo(before, most);
  }

  /** Lets go of items expunged before a millisecond, in this store only. */
  synchronized void forget(Intake unit, long millis) throws IOException {
    unit.append(new HorizonNote(name(), millis).encode());
  }

  /**
   * Expunges the next items, at most {@link #EXPUNGED_AT_ONCE}, that are {@linkplain
   * ItemState#forgottenElsewhere forgotten elsewhere}.
   *
   * @param after the last before them; null for the first
   * @return the last of them; null if there were none
   */
  synchronized @Nullable ItemId expungeForgotten(Intake unit, @Nullable ItemId after)
      throws IOException {
    List<ItemId> some = index.forgottenElsewhere(after, EXPUNGED_AT_ONCE);
    if (some.isEmpty()) {
      return null;
    }
    log.append(unit, new ItemBody.Expunged(some));
    return some.get(some.size() - 1);
  }

  /** Takes changes from elsewhere; see {@link Exchange#take}. */
  synchronized Exchange.Taken take(Intake unit, List<byte[]> changes) throws IOException {
    before.run();
    log.disown(unit);
    ChangeGate gate = new ChangeGate(name(), index, clock, log.origin());
    int known = 0;
    int taken = 0;
    boolean mailboxes = false;
    SortedSet<MailboxId> shown = new TreeSet<>();
    Optional<String> refusal = Optional.empty();
    for (byte[] bytes : changes) {
      ChangeGate.Verdict verdict = gate.judge(bytes);
      if (verdict instanceof ChangeGate.Verdict.Known) {
        known++;
      } else if (verdict instanceof ChangeGate.Verdict.Refused refused) {
        refusal = Optional.of(refused.line());
        break;
      } else if (verdict instanceof ChangeGate.Verdict.Welcome welcome) {
        takeOne(unit, welcome.change(), bytes, shown);
        taken++;
        mailboxes |= welcome.change().body() instanceof MailboxBody;
      }
    }
    if (mailboxes) {
      log.tellApart(unit, shown);
    }
    if (taken > 0) {
      uids.reassign(unit);
    }
    return new Exchange.Taken(taken, known, refusal);
  }

  private void takeOne(Intake unit, Change change, byte[] bytes, SortedSet<MailboxId> shown)
      throws IOException {
    if (change.body() instanceof AccountBody.Trimmed) {
      long known = index.seen(change.origin()).upTo();
      Body rest = new AccountBody.Trimmed(change.sequence() - known);
      unit.append(
          new Change(change.origin(), change.sequence(), change.time(), name(), rest).encode());
    } else if (change.body() instanceof MailboxBody body) {
      long before = index.mailbox(body.mailbox()).uidValidity();
      unit.append(bytes);
      if (index.mailbox(body.mailbox()).uidValidity() > before
          && log.mayHaveBeenShown(body, change.stamp())) {
        shown.add(body.mailbox());
      }
    } else {
      unit.append(bytes);
    }
  }
}
