package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of the replicas of a test, with a clock that stands until it is set. */
final class Side {
  static final String ACCOUNT = "jane";

  /** When all tests begin, milliseconds since 1970. */
  static final long START = 1_800_000_000_000L;

  final MemoryBlobs blobs;
  final LogMailStore store;
  final LogAccount account;
  final Intake unit;
  private long millis = START;

  Side(long origin) throws IOException {
    this(new MemoryBlobs(), Identity.of(origin));
  }

  Side(MemoryBlobs blobs, Identity identity) throws IOException {
    this.blobs = blobs;
    this.unit = blobs.intake();
    Identity.Keeper keeper = Identity.inMemory(identity.id());
    keeper.become(identity);
    InstantSource clock = () -> Instant.ofEpochMilli(millis);
    store = new LogMailStore(blobs, keeper, clock);
    account = (LogAccount) store.openAccount(ACCOUNT);
  }

  /** Lets time pass to so many seconds after the start of all tests. */
  Side at(long seconds) {
    millis = Math.max(millis, START + seconds * 1000);
    return this;
  }

  /** The moment so many seconds after the start of all tests. */
  static Instant moment(long seconds) {
    return Instant.ofEpochMilli(START + seconds * 1000);
  }

  Instant now() {
    return Instant.ofEpochMilli(millis);
  }

  MailboxId open(String name) throws IOException {
    return account.openMailbox(unit, name).id();
  }

  Mailbox mailbox(String name) throws IOException {
    return account.mailbox(name).orElseThrow();
  }

  long add(String mailbox, int item, String... flags) throws IOException {
    return account.add(unit, open(mailbox), newItem(item, item, flags));
  }

  static NewItem newItem(int item, int message, String... flags) {
    return new NewItem(
        id(item), message(message), 100 + message, Set.of(flags), Instant.ofEpochSecond(item));
  }

  static ItemId id(int item) {
    return new ItemId(7, item);
  }

  static RecordId message(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) (number >>> 8);
    bytes[31] = (byte) number;
    return RecordId.of(bytes);
  }

  Optional<Item> item(int item) throws IOException {
    return account.item(id(item));
  }

  /** UIDs and items of a mailbox, {@code 1:5 2:7} for items 5 and 7. */
  String list(String mailbox) throws IOException {
    StringBuilder list = new StringBuilder();
    account.items(
        mailbox(mailbox).id(),
        1,
        item -> {
          list.append(list.isEmpty() ? "" : " ").append(item.uid() + ":" + item.id().low());
          return true;
        });
    return list.toString();
  }

  List<String> names() throws IOException {
    return account.mailboxes().stream().map(Mailbox::name).toList();
  }

  /** Takes every change that another side has and this one has not. */
  void receive(Side other) throws IOException {
    List<byte[]> changes = other.lackedBy(exchange().seen(ACCOUNT));
    Exchange.Taken taken = exchange().take(unit, ACCOUNT, changes);
    assertEquals(new Exchange.Taken(changes.size(), 0, Optional.empty()), taken);
    exchange().expungeForgotten(ACCOUNT, other.exchange().seen(ACCOUNT));
  }

  /** Whether it made changes under the identity that it has. */
  boolean hasChanged() throws IOException {
    return store.index(ACCOUNT).seen(store.identity().id()).highest() > 0;
  }

  Exchange exchange() {
    return new Exchange(store);
  }

  /** The changes that a replica has not seen, as they would be sent to it. */
  List<byte[]> lackedBy(VersionVector known) throws IOException {
    List<byte[]> changes = new ArrayList<>();
    exchange().changes(ACCOUNT, known, (change, bytes) -> changes.add(bytes));
    return changes;
  }

  /** Exchanges until nothing is new. */
  static void meet(Side... sides) throws IOException {
    int before = -1;
    int after = 0;
    for (int round = 0; before != after; round++) {
      assertTrue(round < 20, "the exchanges come to no end");
      before = after;
      after = 0;
      for (Side one : sides) {
        for (Side other : sides) {
          one.receive(other);
        }
        after += one.blobs.log.size();
      }
    }
  }
}
