package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CheckScope;
import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.sync.Account;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.Mailbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Mail that arrives in several stores of one owner and is changed in all of them, seeded, and what
 * must have become of it in the end, whatever happened between: each message that arrived is there
 * with every keyword that it was given anywhere, unless somebody expunged it.
 */
final class LivingMail {
  private static final List<String> MAILBOXES = List.of("INBOX", "Work");

  /** Length of a note: so many characters that two of them fill a batch, and easily compressed. */
  private static final int NOTE = 600_000;

  private final Random random;
  private final int accounts;
  private final int attachmentBytes;
  private final Map<ItemId, Set<String>> wanted = new TreeMap<>();
  private final Set<ItemId> expunged = new TreeSet<>();
  private final Map<String, RecordId> given = new HashMap<>();
  private int messages;
  private int keywords;
  private long bytes;

  /**
   * Nothing yet.
   *
   * @param accounts among how many accounts the mail goes
   * @param attachmentBytes length of the longest attachment
   */
  LivingMail(long seed, int accounts, int attachmentBytes) {
    this.random = new Random(seed);
    this.accounts = accounts;
    this.attachmentBytes = attachmentBytes;
  }

  /** Bytes of all messages that arrived until now. */
  long bytes() {
    return bytes;
  }

  /**
   * Some mail arrives in a store, some is changed there, and long notes are made on accounts, so
   * that there are many batches to be sent; all is durable when this returns.
   */
  void go(TestStore store, int arrivals, int changes, int notes) throws IOException {
    for (int i = 0; i < arrivals; i++) {
      arrive(store);
    }
    List<Held> there = held(store);
    for (int i = 0; i < changes && !there.isEmpty(); i++) {
      change(store, there.get(random.nextInt(there.size())));
    }
    for (int i = 0; i < notes; i++) {
      note(store, "account" + random.nextInt(accounts));
    }
    store.mail.commit();
  }

  private void note(TestStore store, String name) throws IOException {
    String text = ("note " + random.nextInt() + " ").repeat(NOTE / 6).substring(0, NOTE);
    Account account = store.mail.openAccount(name);
    try (Intake unit = store.mail.blobs().intake()) {
      account.setAttribute(unit, Optional.empty(), "note", Optional.of(text));
    }
  }

  /** An item, and whose it is. */
  private record Held(String account, Item item) {}

  private void arrive(TestStore store) throws IOException {
    int number = messages++;
    // A third are forwarded: their attachment came before, perhaps elsewhere.
    int attachment = random.nextInt(3) == 0 ? random.nextInt(number + 1) : number;
    int length = new Random(attachment).nextInt(attachmentBytes);
    byte[] message = TestStore.message(number, attachment, length);
    ItemId id = new ItemId(random.nextLong(), number);
    store.deliver(id, "account" + random.nextInt(accounts), mailbox(), message);
    wanted.put(id, new TreeSet<>());
    bytes += message.length;
  }

  private String mailbox() {
    return MAILBOXES.get(random.nextInt(MAILBOXES.size()));
  }

  private static List<Held> held(TestStore store) throws IOException {
    List<Held> held = new ArrayList<>();
    for (String name : store.mail.accounts()) {
      Account account = store.mail.account(name).orElseThrow();
      for (Mailbox mailbox : account.mailboxes()) {
        account.items(mailbox.id(), 1, item -> held.add(new Held(name, item)));
      }
    }
    return held;
  }

  private void change(TestStore store, Held held) throws IOException {
    Account account = store.mail.account(held.account()).orElseThrow();
    ItemId id = held.item().id();
    try (var unit = store.mail.blobs().intake()) {
      switch (random.nextInt(10)) {
        case 0 -> {
          account.expunge(unit, id);
          expunged.add(id);
        }
        case 1, 2 -> account.move(unit, id, account.openMailbox(unit, mailbox()).id());
        case 3, 4 -> toggle(account, unit, held.item());
        default -> {
          String keyword = "k" + keywords++;
          if (account.flag(unit, id, Set.of(keyword), Set.of())) {
            wanted.get(id).add(keyword);
          }
        }
      }
    }
  }

  private static void toggle(Account account, Intake unit, Item item) throws IOException {
    Set<String> seen = Set.of("\\Seen");
    boolean set = item.flags().containsAll(seen);
    account.flag(unit, item.id(), set ? Set.of() : seen, set ? seen : Set.of());
  }

  /**
   * Checks a store that may be in the midst of things: packs, catalog and index are whole, each
   * message can be read, and no UID names another message than it ever did there.
   */
  void check(TestStore store) throws IOException {
    store.check();
    assertEquals(List.of(), store.mail.blobs().check(CheckScope.FULL).findings());
    for (String name : store.mail.accounts()) {
      Account account = store.mail.account(name).orElseThrow();
      for (Mailbox mailbox : account.mailboxes()) {
        account.items(mailbox.id(), 1, item -> checkUid(store, mailbox, item));
      }
    }
  }

  private boolean checkUid(TestStore store, Mailbox mailbox, Item item) {
    String uid = store.folder + " " + mailbox.id() + " " + mailbox.uidValidity() + " " + item.uid();
    RecordId before = given.putIfAbsent(uid, item.message());
    assertTrue(before == null || before.equals(item.message()), uid + " named another message");
    return true;
  }

  /** Checks that one whole session makes two stores equal, UIDs included, and loses nothing. */
  void checkWholeSession(TestStore here, TestStore there) throws IOException {
    TestStore.Reports reports = here.sync(there);
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(here.text(), there.text());
    for (TestStore store : List.of(here, there)) {
      check(store);
      checkAll(store);
    }
  }

  /** Checks that a store has all that is wanted, as it is wanted, and nothing else. */
  private void checkAll(TestStore store) throws IOException {
    Map<ItemId, Item> there = new TreeMap<>();
    held(store).forEach(held -> there.put(held.item().id(), held.item()));
    Set<ItemId> expected = new TreeSet<>(wanted.keySet());
    expected.removeAll(expunged);
    assertEquals(expected, there.keySet());
    for (ItemId id : expected) {
      assertTrue(there.get(id).flags().containsAll(wanted.get(id)), there.get(id) + "");
    }
  }

  @Override
  public String toString() {
    return String.format("%d messages of %d bytes in all, %d keywords", messages, bytes, keywords);
  }
}
