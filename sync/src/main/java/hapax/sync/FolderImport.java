package hapax.sync;

import hapax.blob.Intake;
import hapax.reconstruct.Delivered;
import hapax.reconstruct.MessageInput;
import hapax.sync.ImportHand.SourceFault;
import hapax.sync.format.LoadedMessage;
import hapax.sync.format.SourceMessage;
import hapax.sync.format.SourceMessage.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One folder on its way into a mailbox: any thread takes messages in, a run at a time; their items
 * are added in the order of the source by {@link FolderSequence}.
 */
final class FolderImport {
  private final ImportRun run;
  private final Account account;
  private final MailboxId mailbox;
  private final boolean empty;
  private final ContainerProof proof = new ContainerProof();

  /**
   * A folder.
   *
   * @param empty whether nothing was ever in the mailbox, so that nothing can be known
   */
  FolderImport(ImportRun run, Account account, MailboxId mailbox, boolean empty) {
    this.run = run;
    this.account = account;
    this.mailbox = mailbox;
    this.empty = empty;
  }

  /** Takes messages in; returns those that are to get an item, or may be. */
  List<Arrival> take(List<SourceMessage> messages, ImportHand hand, Pace pace) throws IOException {
    List<Arrival> arrivals = new ArrayList<>(messages.size());
    for (SourceMessage message : messages) {
      try {
        take(message, hand).ifPresent(arrivals::add);
      } catch (SourceFault fault) {
        tell(message, fault);
      }
      pace.tick();
    }
    return arrivals;
  }

  /** Called between messages, with no unit of work open. */
  @FunctionalInterface
  interface Pace {
    void tick() throws IOException;
  }

  /** Whether all messages came in, for a folder that is one file. */
  ContainerProof proof() {
    return proof;
  }

  void tell(SourceMessage message, SourceFault fault) {
    proof.missed();
    if (fault.isAbsence()) {
      run.tally().vanished();
    } else {
      run.tally().failedMessage(message.place(), String.valueOf(fault.getMessage()));
    }
  }

  private Optional<Arrival> take(SourceMessage message, ImportHand hand)
      throws IOException, SourceFault {
    Optional<Label> label = hand.label(message);
    return label.isPresent()
        ? takeNamed(message, label.get(), hand)
        : Optional.of(takeUnnamed(message, hand));
  }

  private Optional<Arrival> takeNamed(SourceMessage message, Label label, ImportHand hand)
      throws IOException, SourceFault {
    ItemId id = hand.ids().named(mailbox, label.identity());
    if (!empty && account.isForgotten(id)) {
      run.tally().known(label.size());
      return Optional.empty();
    }
    Optional<Item> known = find(id);
    if (known.isPresent() && isSame(known.get(), label) && !run.all()) {
      takeKnown(message, known.get());
      return Optional.empty();
    }
    LoadedMessage loaded = hand.load(message);
    Delivered delivered = hand.deliver(loaded);
    if (known.isPresent() && !known.get().message().equals(delivered.message())) {
      id = hand.ids().named(mailbox, label.identity(), delivered.message());
      known = find(id);
    }
    if (known.isPresent()) {
      takeKnown(message, known.get());
      deleteLater(message, known.get().id(), delivered);
      return Optional.empty();
    }
    record(delivered, hand);
    return Optional.of(new Arrival.ByName(message, Optional.of(delivered), loaded.date(), id));
  }

  private static boolean isSame(Item item, Label label) {
    return item.size() == label.size() && item.internalDate().equals(label.date());
  }

  private Optional<Item> find(ItemId id) throws IOException {
    return empty ? Optional.empty() : account.item(id);
  }

  private Arrival takeUnnamed(SourceMessage message, ImportHand hand)
      throws IOException, SourceFault {
    LoadedMessage loaded = hand.load(message);
    boolean digestible = loaded.input() instanceof MessageInput.Bytes;
    if (digestible && !empty && !run.all()) {
      byte[] core = loaded.coreDigest();
      if (find(hand.ids().content(mailbox, core, 0)).isPresent()) {
        return new Arrival.ByContent(message, Optional.empty(), loaded.date(), core);
      }
    }
    Delivered delivered = hand.deliver(loaded);
    record(delivered, hand);
    boolean plain = loaded.status().isEmpty();
    byte[] core = plain ? delivered.message().toBytes() : loaded.coreDigest();
    return new Arrival.ByContent(message, Optional.of(delivered), loaded.date(), core);
  }

  private void record(Delivered delivered, ImportHand hand) throws IOException {
    if (hand.recordSignatures(account, delivered)) {
      run.tally().recorded();
    }
  }

  /** A message whose item is there: the flags of the source are taken over. */
  private void takeKnown(SourceMessage message, Item item) throws IOException {
    run.tally().known(item.size());
    if (!wantsFlags(message, item)) {
      return;
    }
    try (Intake unit = run.store().blobs().intake()) {
      takeFlags(unit, message, item);
    }
  }

  private static boolean wantsFlags(SourceMessage message, Item item) {
    return item.expunged().isEmpty()
        && message.flags().filter(flags -> !flags.equals(item.flags())).isPresent();
  }

  private void takeFlags(Intake unit, SourceMessage message, Item item) throws IOException {
    Set<String> flags = message.flags().orElse(item.flags());
    Set<String> cleared = new TreeSet<>(item.flags());
    cleared.removeAll(flags);
    if (account.flag(unit, item.id(), flags, cleared)) {
      run.tally().flagged();
    }
  }

  private void deleteLater(SourceMessage message, ItemId id, Delivered delivered) {
    if (run.delete()) {
      message
          .file()
          .map(file -> new Originals.Original(file, account, id, delivered.message()))
          .ifPresent(run.originals()::add);
    }
  }

  /** Adds the items of messages whose turn it is. */
  void add(List<Arrival> arrivals, List<ItemId> ids, ImportHand hand) throws IOException {
    int at = 0;
    while (at < arrivals.size()) {
      int end = addStored(arrivals, ids, at);
      for (int i = at; i < end; i++) {
        Arrival arrival = arrivals.get(i);
        ItemId id = ids.get(i);
        arrival.delivered().ifPresent(delivered -> deleteLater(arrival.message(), id, delivered));
      }
      if (end < arrivals.size()) {
        addAnew(arrivals.get(end), ids.get(end), hand);
      }
      at = end + 1;
    }
  }

  /**
   * Adds items in one unit of work, up to the first whose message the store does not have: it was
   * not read, or a sweep has removed its record before the item could hold it.
   */
  private int addStored(List<Arrival> arrivals, List<ItemId> ids, int from) throws IOException {
    try (Intake unit = run.store().blobs().intake()) {
      for (int i = from; i < arrivals.size(); i++) {
        Arrival arrival = arrivals.get(i);
        Optional<Item> known =
            arrival instanceof Arrival.ByContent ? find(ids.get(i)) : Optional.empty();
        if (known.isPresent()) {
          run.tally().known(known.get().size());
          takeFlags(unit, arrival.message(), known.get());
          prove(arrival, known.get());
        } else if (isStored(arrival)) {
          add(unit, arrival, arrival.delivered().orElseThrow(), ids.get(i));
        } else {
          return i;
        }
      }
      return arrivals.size();
    }
  }

  private void prove(Arrival arrival, Item known) {
    boolean same = arrival.delivered().filter(d -> d.message().equals(known.message())).isPresent();
    if (same && known.expunged().isEmpty()) {
      proof.took(known.message());
    } else {
      proof.missed();
    }
  }

  private boolean isStored(Arrival arrival) throws IOException {
    return arrival.delivered().isPresent()
        && run.store().blobs().hasRecord(arrival.delivered().get().message());
  }

  private void addAnew(Arrival arrival, ItemId id, ImportHand hand) throws IOException {
    try {
      Delivered delivered =
          hand.deliver(
              hand.load(arrival.message()), (unit, message) -> add(unit, arrival, message, id));
      record(delivered, hand);
      deleteLater(arrival.message(), id, delivered);
    } catch (SourceFault fault) {
      tell(arrival.message(), fault);
    }
  }

  private void add(Intake unit, Arrival arrival, Delivered delivered, ItemId id)
      throws IOException {
    Set<String> flags = arrival.message().flags().orElse(Set.of());
    long uid =
        account.add(
            unit,
            mailbox,
            new NewItem(id, delivered.message(), delivered.length(), flags, arrival.date()));
    if (uid == 0) {
      run.tally().known(delivered.length());
      proof.missed();
    } else {
      run.tally().added(delivered.length());
      proof.took(delivered.message());
    }
  }
}
