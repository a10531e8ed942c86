package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in real folders that are copied and rolled back. */
class IdentityTest {
  private static final String JANE = "jane";
  @TempDir Path folder;

  private static LogMailStore open(Path where) throws IOException {
    return (LogMailStore) MailStore.open(where, true);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : (Iterable<Path>) tree::iterator) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  private static void remove(Path where) throws IOException {
    try (Stream<Path> tree = Files.walk(where)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static long add(LogMailStore store, int item) throws IOException {
    Account account = store.openAccount(JANE);
    long uid;
    try (Intake unit = store.blobs().intake()) {
      RecordId id = Side.message(item);
      byte[] none = new byte[0];
      unit.putRecord(new StoredRecord(id, 100, List.of(), none, none, none, none));
      MailboxId inbox = account.openMailbox(unit, "INBOX").id();
      uid = account.add(unit, inbox, Side.newItem(item, item));
    }
    store.commit();
    return uid;
  }

  private static void expunge(LogMailStore store, int item) throws IOException {
    try (Intake unit = store.blobs().intake()) {
      assertTrue(store.openAccount(JANE).expunge(unit, Side.id(item)));
    }
    store.commit();
  }

  /** What a session does, without the line. */
  private static void receive(LogMailStore to, LogMailStore from) throws IOException {
    Exchange taker = new Exchange(to);
    Exchange giver = new Exchange(from);
    VersionVector theirs = giver.seen(JANE);
    assertEquals(Optional.empty(), taker.fork(JANE, theirs));
    assertEquals(Optional.empty(), giver.fork(JANE, taker.seen(JANE)));
    if (taker.forgot(JANE, theirs)) {
      taker.renewIdentity();
    }
    List<byte[]> changes = new ArrayList<>();
    giver.changes(JANE, taker.seen(JANE), (change, bytes) -> changes.add(bytes));
    try (Intake unit = to.blobs().intake()) {
      for (byte[] bytes : changes) {
        if (Change.decode(bytes).body() instanceof ItemBody.Added added) {
          byte[] none = new byte[0];
          unit.putRecord(new StoredRecord(added.message(), 100, List.of(), none, none, none, none));
        }
      }
      assertEquals(Optional.empty(), taker.take(unit, JANE, changes).refusal());
    }
    to.commit();
  }

  private static void meet(LogMailStore... stores) throws IOException {
    for (int round = 0; round < 4; round++) {
      for (LogMailStore to : stores) {
        for (LogMailStore from : stores) {
          receive(to, from);
        }
      }
    }
  }

  private static long uidValidity(LogMailStore store) throws IOException {
    return store.account(JANE).orElseThrow().mailbox("INBOX").orElseThrow().uidValidity();
  }

  private static String items(LogMailStore store) throws IOException {
    List<String> items = new ArrayList<>();
    Account account = store.account(JANE).orElseThrow();
    account.items(
        account.mailbox("INBOX").orElseThrow().id(),
        1,
        item -> items.add(item.uid() + ":" + item.id().low()));
    assertEquals(List.of(), IndexCheck.findings(store));
    return String.join(" ", items);
  }

  @Test
  void copiedStoreMakesChangesOfItsOwnAndBothMerge() throws IOException {
    try (LogMailStore original = open(folder.resolve("a"))) {
      add(original, 1);
    }
    copy(folder.resolve("a"), folder.resolve("b"));
    try (LogMailStore original = open(folder.resolve("a"));
        LogMailStore copy = open(folder.resolve("b"))) {
      assertNotEquals(original.identity().id(), copy.identity().id());
      assertEquals(original.identity().id(), copy.identity().heritage().orElseThrow().of());
      add(original, 2);
      receive(copy, original);
      assertEquals(3, add(copy, 3));
      meet(original, copy);
      assertEquals("1:1 2:2 3:3", items(original));
      assertEquals(items(original), items(copy));
      assertEquals(uidValidity(original), uidValidity(copy));
    }
  }

  /** As rsync does: files of the same length and time seem to be the same. */
  private static void rsync(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(to)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (!Files.exists(from.resolve(to.relativize(each).toString()))) {
          Files.delete(each);
        }
      }
    }
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : (Iterable<Path>) tree::iterator) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (!seemsTheSame(each, target)) {
          Path temporary = target.resolveSibling(".temporary");
          Files.copy(each, temporary, StandardCopyOption.COPY_ATTRIBUTES);
          Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static boolean seemsTheSame(Path one, Path other) throws IOException {
    return Files.exists(other)
        && Files.size(one) == Files.size(other)
        && Files.getLastModifiedTime(one).equals(Files.getLastModifiedTime(other));
  }

  @Test
  void backupThatIsPutBackByLeavingOutWhatSeemsTheSameIsNoticed() throws IOException {
    Path store = folder.resolve("a");
    Path backup = Files.createDirectory(folder.resolve("backup"));
    try (LogMailStore before = open(store)) {
      add(before, 1);
    }
    rsync(store, backup);
    try (LogMailStore lost = open(store)) {
      assertEquals(2, add(lost, 2));
    }
    rsync(backup, store);
    try (LogMailStore back = open(store)) {
      assertTrue(back.identity().heritage().isPresent());
      long before = uidValidity(back);
      assertEquals(2, add(back, 3));
      assertTrue(uidValidity(back) > before);
    }
  }

  @Test
  void backupThatIsPutBackIsNoticedThoughOnlyChangesOfOthersWereLost() throws IOException {
    Path store = folder.resolve("a");
    Path backup = Files.createDirectory(folder.resolve("backup"));
    try (LogMailStore before = open(store)) {
      add(before, 1);
    }
    rsync(store, backup);
    try (LogMailStore lost = open(store);
        LogMailStore peer = open(folder.resolve("peer"))) {
      receive(peer, lost);
      add(peer, 2);
      receive(lost, peer);
    }
    rsync(backup, store);
    try (LogMailStore back = open(store)) {
      assertTrue(back.identity().heritage().isPresent());
    }
  }

  /**
   * The copy is of the backup store, which is a replica of its own, and stands where the lost one
   * stood.
   */
  @Test
  void copyOfABackupStoreIsAnHeirThoughItMeetsThatStore() throws IOException {
    try (LogMailStore lost = open(folder.resolve("a"));
        LogMailStore backup = open(folder.resolve("c"))) {
      add(lost, 1);
      receive(backup, lost);
      assertEquals(2, add(lost, 2), "which the backup does not see");
    }
    remove(folder.resolve("a"));
    copy(folder.resolve("c"), folder.resolve("a"));
    assertNextUidIsOfAnotherUidValidity();
  }

  @Test
  void copyThatWasOpenedBeforeItWasCopiedBackIsAnHeirThoughItMeetsWhatItIsCopiedFrom()
      throws IOException {
    try (LogMailStore lost = open(folder.resolve("a"))) {
      add(lost, 1);
    }
    copy(folder.resolve("a"), folder.resolve("c"));
    open(folder.resolve("c")).close();
    try (LogMailStore lost = open(folder.resolve("a"))) {
      assertEquals(2, add(lost, 2), "which the copy does not have");
    }
    remove(folder.resolve("a"));
    copy(folder.resolve("c"), folder.resolve("a"));
    assertNextUidIsOfAnotherUidValidity();
  }

  private void assertNextUidIsOfAnotherUidValidity() throws IOException {
    try (LogMailStore back = open(folder.resolve("a"));
        LogMailStore copied = open(folder.resolve("c"))) {
      long before = uidValidity(back);
      receive(back, copied);
      receive(copied, back);
      assertEquals(2, add(back, 3));
      assertTrue(uidValidity(back) > before);
    }
  }

  @Test
  void copyThatHasNotMetItsOriginalTakesAnotherUidValidity() throws IOException {
    try (LogMailStore original = open(folder.resolve("a"))) {
      add(original, 1);
    }
    copy(folder.resolve("a"), folder.resolve("b"));
    try (LogMailStore original = open(folder.resolve("a"));
        LogMailStore copy = open(folder.resolve("b"))) {
      long before = uidValidity(original);
      assertEquals(before, uidValidity(copy));
      assertEquals(2, add(copy, 3));
      assertTrue(uidValidity(copy) > before);
      add(original, 2);
      meet(original, copy);
      assertEquals("1:1 3:2 4:3", items(original));
      assertEquals(uidValidity(copy), uidValidity(original));
      assertEquals(items(original), items(copy));
    }
  }

  @Test
  void storeRolledBackToACopyGetsItsLostChangesBackAndNoUidNamesTwo() throws IOException {
    Path store = folder.resolve("a");
    try (LogMailStore before = open(store)) {
      add(before, 1);
    }
    copy(store, folder.resolve("backup"));
    try (LogMailStore peer = open(folder.resolve("peer"))) {
      try (LogMailStore lost = open(store)) {
        assertEquals(2, add(lost, 2));
        expunge(lost, 1);
        receive(peer, lost);
        assertEquals(3, add(lost, 3), "which no peer ever sees");
      }
      remove(store);
      copy(folder.resolve("backup"), store);
      try (LogMailStore back = open(store)) {
        long before = uidValidity(back);
        assertEquals(2, add(back, 4));
        assertTrue(uidValidity(back) > before);
        meet(back, peer);
        assertEquals("3:2 4:4", items(back));
        assertEquals(items(back), items(peer));
      }
    }
  }

  @Test
  void mailboxMadeAnewAfterARollbackHasAUidValidityAboveAllThatTheLostStoreShowed()
      throws IOException {
    Side lost = new Side(1);
    MemoryBlobs old = lost.blobs.copy();
    List<String> names = List.of("A", "B", "C");
    for (String name : names) {
      lost.open(name);
    }
    Identity.Heritage heritage = new Identity.Heritage(1, Side.START + 1000);
    for (String name : names) {
      Side heir = new Side(old.copy(), new Identity(2, Optional.of(heritage))).at(2);
      heir.open(name);
      long before = lost.mailbox(name).uidValidity();
      assertTrue(heir.mailbox(name).uidValidity() > before, name + " had " + before);
    }
  }

  @Test
  void heirGivesEachMailboxAUidValidityOfItsOwn() throws IOException {
    Side lost = new Side(1);
    for (String name : List.of("INBOX", "Work", "Lists", "Sent")) {
      lost.open(name);
    }
    Identity.Heritage heritage = new Identity.Heritage(1, Side.START + 1000);
    Side heir = new Side(lost.blobs.copy(), new Identity(2, Optional.of(heritage))).at(100);
    heir.add("INBOX", 1);
    assertEquals(4, heir.account.mailboxes().stream().map(Mailbox::uidValidity).distinct().count());
  }

  @Test
  void firstMailboxThatAnHeirMakesHasAUidValidityAboveAllOthers() throws IOException {
    Side lost = new Side(1);
    lost.open("A");
    Identity.Heritage heritage = new Identity.Heritage(1, Side.START + 1000);
    Side heir = new Side(lost.blobs.copy(), new Identity(2, Optional.of(heritage))).at(100);
    heir.open("B");
    assertTrue(heir.mailbox("B").uidValidity() > heir.mailbox("A").uidValidity());
  }

  @Test
  void storeRolledBackInPlaceIsToldByAPeerAndTakesANewIdentity() throws IOException {
    Side one = new Side(1);
    Side two = new Side(2);
    one.add("INBOX", 1);
    MemoryBlobs old = one.blobs.copy();
    one.at(1).add("INBOX", 2);
    two.receive(one);
    Identity.Keeper keeper = Identity.inMemory(1);
    LogMailStore back = new LogMailStore(old, keeper, one::now);
    Exchange exchange = new Exchange(back);
    assertTrue(exchange.forgot(JANE, two.exchange().seen(JANE)));
    exchange.renewIdentity();
    assertNotEquals(1, keeper.current().id());
    assertEquals(1, keeper.current().heritage().orElseThrow().of());
    Exchange.Taken taken = exchange.take(old.intake(), JANE, two.lackedBy(exchange.seen(JANE)));
    assertEquals(2, taken.taken(), "the item, and the account as the peer made it");
    assertTrue(back.account(JANE).orElseThrow().item(Side.id(2)).isPresent());
    assertFalse(exchange.forgot(JANE, two.exchange().seen(JANE)));
  }

  @Test
  void storeRolledBackInPlaceAndChangedIsNotMerged() throws IOException {
    Side one = new Side(1);
    Side two = new Side(2);
    one.add("INBOX", 1);
    MemoryBlobs old = one.blobs.copy();
    one.at(1).add("INBOX", 2);
    two.receive(one);
    Instant later = one.now().plusSeconds(60);
    LogMailStore back = new LogMailStore(old, Identity.inMemory(1), () -> later);
    LogAccount account = (LogAccount) back.openAccount(JANE);
    account.flag(old.intake(), Side.id(1), Set.of("work"), Set.of());
    Optional<String> here = new Exchange(back).fork(JANE, two.exchange().seen(JANE));
    Optional<String> there = two.exchange().fork(JANE, new Exchange(back).seen(JANE));
    assertTrue(here.or(() -> there).orElseThrow().contains("rolled back in place"));
    account.add(old.intake(), account.mailbox("INBOX").orElseThrow().id(), Side.newItem(9, 9));
    account.expunge(old.intake(), Side.id(9));
    assertTrue(new Exchange(back).fork(JANE, two.exchange().seen(JANE)).isPresent());
  }
}
