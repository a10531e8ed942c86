package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * One account against a simple model of a mail server, with the store opened again now and then.
 */
class ModelTest {
  private static final List<String> NAMES = List.of("INBOX", "a", "b", "c");
  private static final List<String> FLAGS = List.of("\\Seen", "\\Draft", "x", "y");

  private static final class ModelMailbox {
    private long uidNext = 1;
    private boolean subscribed;
    private final TreeMap<Long, ModelItem> items = new TreeMap<>();
  }

  private record ModelItem(int number, TreeSet<String> flags) {}

  private final Map<String, ModelMailbox> model = new TreeMap<>(MailboxNames.INBOX_FIRST);
  private final Map<Integer, String> known = new HashMap<>();
  private Side side;
  private LogAccount account;

  @Test
  void accountDoesWhatTheModelDoes() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      side = new Side(1);
      account = side.account;
      model.clear();
      known.clear();
      for (int step = 0; step < 250; step++) {
        side.at(step);
        step(random);
        compare("seed " + seed + " step " + step);
        if (random.nextInt(40) == 0) {
          account = reopened();
        }
      }
      assertEquals(List.of(), IndexCheck.findings(side.store));
    }
  }

  private LogAccount reopened() throws IOException {
    LogMailStore again = new LogMailStore(side.blobs, Identity.inMemory(1), side::now);
    return (LogAccount) again.account(Side.ACCOUNT).orElseThrow();
  }

  private void step(Random random) throws IOException {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    int item = random.nextInt(60);
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4, 5 -> add(name, item, FLAGS.get(random.nextInt(FLAGS.size())));
      case 6, 7 -> flag(item, FLAGS.get(random.nextInt(2)), FLAGS.get(2 + random.nextInt(2)));
      case 8, 9 -> move(item, name);
      case 10 -> expunge(item);
      case 11 -> delete(name);
      case 12 -> rename(name, NAMES.get(random.nextInt(NAMES.size())));
      default -> subscribe(name, random.nextBoolean());
    }
  }

  private MailboxId open(String name) throws IOException {
    model.computeIfAbsent(name, any -> new ModelMailbox());
    return account.openMailbox(side.unit, name).id();
  }

  private void add(String name, int number, String flag) throws IOException {
    long uid = account.add(side.unit, open(name), Side.newItem(number, number, flag));
    if (known.containsKey(number)) {
      assertEquals(uidOf(number), uid);
      return;
    }
    ModelMailbox mailbox = model.get(name);
    assertEquals(mailbox.uidNext, uid);
    mailbox.items.put(mailbox.uidNext++, new ModelItem(number, new TreeSet<>(Set.of(flag))));
    known.put(number, name);
  }

  private long uidOf(int number) {
    for (ModelMailbox mailbox : model.values()) {
      for (Map.Entry<Long, ModelItem> item : mailbox.items.entrySet()) {
        if (item.getValue().number() == number) {
          return item.getKey();
        }
      }
    }
    return 0;
  }

  private ModelMailbox holder(int number) {
    return model.values().stream()
        .filter(m -> m.items.values().stream().anyMatch(i -> i.number() == number))
        .findAny()
        .orElse(null);
  }

  private void flag(int number, String set, String clear) throws IOException {
    boolean changed = account.flag(side.unit, Side.id(number), Set.of(set), Set.of(clear));
    ModelMailbox mailbox = holder(number);
    boolean expected = false;
    if (mailbox != null) {
      TreeSet<String> flags = mailbox.items.get(uidOf(number)).flags();
      expected = flags.add(set);
      expected |= flags.remove(clear);
    }
    assertEquals(expected, changed);
  }

  private void move(int number, String to) throws IOException {
    account.move(side.unit, Side.id(number), open(to));
    ModelMailbox from = holder(number);
    ModelMailbox target = model.get(to);
    if (from != null && from != target) {
      target.items.put(target.uidNext++, from.items.remove(uidOf(number)));
    }
  }

  private void expunge(int number) throws IOException {
    ModelMailbox mailbox = holder(number);
    assertEquals(mailbox != null, account.expunge(side.unit, Side.id(number)));
    if (mailbox != null) {
      mailbox.items.remove(uidOf(number));
    }
  }

  private void delete(String name) throws IOException {
    if (!name.equals("INBOX") && model.remove(name) != null) {
      account.delete(side.unit, account.mailbox(name).orElseThrow());
    }
  }

  private void rename(String from, String to) throws IOException {
    if (model.containsKey(from) && !model.containsKey(to)) {
      account.rename(side.unit, account.mailbox(from).orElseThrow(), to);
      model.put(to, model.remove(from));
    }
  }

  private void subscribe(String name, boolean subscribed) throws IOException {
    open(name);
    account.subscribe(side.unit, account.mailbox(name).orElseThrow(), subscribed);
    model.get(name).subscribed = subscribed;
  }

  private void compare(String where) throws IOException {
    List<String> expected = new ArrayList<>();
    model.forEach((name, mailbox) -> expected.add(text(name, mailbox)));
    List<String> found = new ArrayList<>();
    Set<Long> validities = new TreeSet<>();
    for (Mailbox mailbox : account.mailboxes()) {
      ModelMailbox copy = new ModelMailbox();
      copy.uidNext = mailbox.uidNext();
      copy.subscribed = mailbox.subscribed();
      account.items(
          mailbox.id(),
          1,
          item -> {
            int number = (int) item.id().low();
            copy.items.put(item.uid(), new ModelItem(number, new TreeSet<>(item.flags())));
            return true;
          });
      assertEquals(copy.items.size(), mailbox.items(), where);
      assertTrue(validities.add(mailbox.uidValidity()), where);
      found.add(text(mailbox.name(), copy));
    }
    assertEquals(expected, found, where);
  }

  private static String text(String name, ModelMailbox mailbox) {
    return name + " " + mailbox.uidNext + " " + mailbox.subscribed + " " + mailbox.items;
  }
}
