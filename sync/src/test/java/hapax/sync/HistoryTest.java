package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded histories of several replicas that change the same account and meet now and then. */
class HistoryTest {
  private static final List<String> NAMES = List.of("INBOX", "Work", "Work/2026", "Home");
  private static final List<String> FLAGS = List.of("\\Seen", "\\Flagged", "work");

  private final Map<ItemId, Integer> wanted = new HashMap<>();

  /** What one replica showed so far, to hold it to its word about UIDs. */
  private static final class Witness {
    private final Map<String, ItemId> named = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();

    void look(Side side, String seed) throws IOException {
      for (Mailbox mailbox : side.account.mailboxes()) {
        String place = mailbox.id() + " " + mailbox.uidValidity();
        long before = highest.getOrDefault(place, 0L);
        side.account.items(
            mailbox.id(),
            1,
            item -> {
              ItemId first = named.putIfAbsent(place + " " + item.uid(), item.id());
              assertTrue(first == null || first.equals(item.id()), seed + " UID of two items");
              assertTrue(first != null || item.uid() > before, seed + " UID came late");
              highest.merge(place, item.uid(), Math::max);
              return true;
            });
        assertTrue(mailbox.uidNext() > highest.getOrDefault(place, 0L), seed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void replicasConvergeWhateverTheOrderOfTheirExchanges(int sides) throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      run(sides, 1000L * sides + seed);
    }
  }

  private void run(int count, long seed) throws IOException {
    Random random = new Random(seed);
    Side[] sides = new Side[count];
    Witness[] witnesses = new Witness[count];
    for (int i = 0; i < count; i++) {
      sides[i] = new Side(random.nextLong());
      witnesses[i] = new Witness();
    }
    wanted.clear();
    for (int step = 0; step < 60; step++) {
      int who = random.nextInt(count);
      Side side = sides[who].at(random.nextInt(1 + 2 * step));
      if (random.nextInt(6) == 0) {
        side.receive(sides[random.nextInt(count)]);
      } else {
        change(side, random);
      }
      witnesses[who].look(side, "seed " + seed + " step " + step);
    }
    Side.meet(sides);
    long horizon = 0;
    for (Side side : sides) {
      horizon = Math.max(horizon, side.store.index(Side.ACCOUNT).account().horizon());
      assertEquals(sides[0].blobs.rows.common(), side.blobs.rows.common(), "seed " + seed);
    }
    for (int i = 0; i < count; i++) {
      witnesses[i].look(sides[i], "seed " + seed + " at the end");
      sides[i].account.forget(sides[i].unit, horizon);
      assertEquals(sides[0].blobs.rows.text(), sides[i].blobs.rows.text(), "seed " + seed);
    }
    nothingWantedIsLost(sides[0], "seed " + seed);
    anyOrderGivesTheSameRows(sides[0], random, "seed " + seed);
    assertEquals(List.of(), IndexCheck.findings(sides[0].store), "seed " + seed);
  }

  private void change(Side side, Random random) throws IOException {
    LogAccount account = side.account;
    ItemId item = Side.id(random.nextInt(25));
    MailboxId mailbox = side.open(NAMES.get(random.nextInt(NAMES.size())));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        int number = random.nextInt(25);
        String flag = FLAGS.get(random.nextInt(FLAGS.size()));
        account.add(side.unit, mailbox, Side.newItem(number, number % 20, flag));
        wanted.putIfAbsent(Side.id(number), number);
      }
      case 4, 5 ->
          account.flag(side.unit, item, Set.of(FLAGS.get(random.nextInt(2))), Set.of(FLAGS.get(2)));
      case 6 -> account.flag(side.unit, item, Set.of(), Set.of(FLAGS.get(random.nextInt(2))));
      case 7, 8 -> account.move(side.unit, item, mailbox);
      case 9 -> {
        if (account.expunge(side.unit, item)) {
          wanted.put(item, -1);
        }
      }
      case 10 -> changeMailbox(side, random);
      default -> side.store.forgetExpungedBefore(Instant.ofEpochMilli(side.now().toEpochMilli()));
    }
  }

  private void changeMailbox(Side side, Random random) throws IOException {
    List<Mailbox> mailboxes = side.account.mailboxes();
    Mailbox mailbox = mailboxes.get(random.nextInt(mailboxes.size()));
    if (random.nextBoolean()) {
      side.account.subscribe(side.unit, mailbox, random.nextBoolean());
      return;
    }
    String name = NAMES.get(random.nextInt(NAMES.size()));
    boolean free = side.account.mailbox(name).isEmpty();
    if (mailbox.name().equals("INBOX")) {
      side.account.setAttribute(side.unit, Optional.of(mailbox.id()), "k", Optional.of(name));
    } else if (free && mailboxes.stream().noneMatch(m -> m.name().startsWith(name + "/"))) {
      side.account.rename(side.unit, mailbox, name);
    } else {
      AccountIndex index = new AccountIndex(side.blobs.rows, Side.ACCOUNT);
      for (ItemId gone : new MailboxItems(index, mailbox.id()).next(Integer.MAX_VALUE)) {
        wanted.put(gone, -1);
      }
      side.account.delete(side.unit, mailbox);
    }
  }

  private void nothingWantedIsLost(Side side, String seed) throws IOException {
    List<ItemId> shown = new ArrayList<>();
    for (Mailbox mailbox : side.account.mailboxes()) {
      int before = shown.size();
      side.account.items(mailbox.id(), 1, item -> shown.add(item.id()));
      assertEquals(mailbox.items(), shown.size() - before, seed);
    }
    List<ItemId> expected = new ArrayList<>();
    wanted.forEach(
        (id, number) -> {
          if (number >= 0) {
            expected.add(id);
          }
        });
    Collections.sort(expected);
    Collections.sort(shown);
    assertEquals(expected, shown, seed);
  }

  private static void anyOrderGivesTheSameRows(Side side, Random random, String seed)
      throws IOException {
    String rows = side.blobs.rows.text();
    List<byte[]> entries = new ArrayList<>(side.blobs.log.values());
    entries.addAll(entries.subList(0, entries.size() / 3));
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(entries, random);
      assertEquals(rows, foldText(entries), seed + " order " + i);
    }
  }

  private static String foldText(List<byte[]> entries) throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    for (byte[] entry : entries) {
      blobs.append(entry);
    }
    return blobs.rows.text();
  }

  @Test
  void changesOfWildStampsAndNumbersFoldTheSameInAnyOrder() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      TreeMap<byte[], byte[]> set = new TreeMap<>(Arrays::compareUnsigned);
      for (int i = 0; i < 40; i++) {
        Change change = RandomChanges.next(random);
        set.put(change.logKey(), change.encode());
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        HorizonNote note = RandomChanges.forgotten(random);
        set.put(note.logKey(), note.encode());
      }
      List<byte[]> entries = new ArrayList<>(set.values());
      String rows = foldText(entries);
      for (int i = 0; i < 5; i++) {
        Collections.shuffle(entries, random);
        assertEquals(rows, foldText(entries), "seed " + seed);
      }
    }
  }
}
