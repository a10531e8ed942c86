package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an account must look like by the merge rules, worked out anew from all of its changes: plain
 * code that goes through them in order of their stamps, and knows nothing of rows and joins.
 */
final class MergeOracle {
  private final Map<ItemId, ItemBody.Added> first = new HashMap<>();
  private final Map<ItemId, MailboxId> place = new HashMap<>();
  private final Set<ItemId> moved = new HashSet<>();
  private final Set<ItemId> expunged = new HashSet<>();
  private final Map<ItemId, Set<String>> flags = new HashMap<>();
  private final Map<MailboxId, String> names = new HashMap<>();
  private final Map<MailboxId, Stamp> namedAt = new HashMap<>();
  private final Set<MailboxId> deleted = new HashSet<>();
  private final Set<MailboxId> created = new HashSet<>();
  private final Map<MailboxId, Boolean> subscribed = new HashMap<>();
  private final Map<String, Optional<String>> attributes = new HashMap<>();
  private final Map<String, Set<String>> uidsGiven = new HashMap<>();

  MergeOracle(Collection<byte[]> log) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (byte[] entry : log) {
      if (!LocalNote.isLocal(entry)) {
        changes.add(Change.decode(entry));
      }
    }
    changes.sort(Comparator.comparing(Change::stamp));
    for (Change change : changes) {
      if (change.body() instanceof ItemBody body) {
        item(change.stamp(), body);
      } else if (change.body() instanceof MailboxBody body) {
        mailbox(change.stamp(), body);
      } else if (change.body() instanceof AccountBody.AttributeSet set) {
        attributes.put(set.mailbox() + set.key(), set.value());
      }
    }
  }

  private void item(Stamp stamp, ItemBody body) {
    if (body instanceof ItemBody.Numbering given) {
      uidsGiven
          .computeIfAbsent(given.mailbox() + " " + given.uid(), any -> new TreeSet<>())
          .add(given.item() + " " + given.visit(stamp));
    }
    for (ItemId id : body.items()) {
      if (body instanceof ItemBody.Added added) {
        first.putIfAbsent(id, added);
        place.putIfAbsent(id, added.mailbox());
        flags.computeIfAbsent(id, any -> new TreeSet<>()).addAll(added.flags());
      } else if (body instanceof ItemBody.Moved move) {
        place.put(id, move.mailbox());
        moved.add(id);
      } else if (body instanceof ItemBody.Expunged) {
        expunged.add(id);
      } else if (body instanceof ItemBody.Flagged flagged) {
        Set<String> now = flags.computeIfAbsent(id, any -> new TreeSet<>());
        now.addAll(flagged.set());
        now.removeAll(flagged.cleared());
      }
    }
  }

  private void mailbox(Stamp stamp, MailboxBody body) {
    MailboxId id = body.mailbox();
    if (body instanceof MailboxBody.Created made) {
      requireIdOfName(id, made.name());
      created.add(id);
      deleted.remove(id);
      names.put(id, made.name());
      namedAt.put(id, stamp);
    } else if (body instanceof MailboxBody.Renamed renamed) {
      names.put(id, renamed.name());
      namedAt.put(id, stamp);
    } else if (body instanceof MailboxBody.Deleted) {
      deleted.add(id);
    } else if (body instanceof MailboxBody.Subscribed change) {
      subscribed.put(id, change.subscribed());
    }
  }

  /** Mailboxes that were made under one name are one: their ids follow from it, wherever made. */
  private static void requireIdOfName(MailboxId id, String name) {
    int generation = 0;
    while (!MailboxId.derive(Side.ACCOUNT, name, generation).equals(id)) {
      assertTrue(++generation < 50, "the id of a mailbox does not follow from its name");
    }
  }

  /** Items that somebody added and nobody expunged. */
  Set<ItemId> wanted() {
    Set<ItemId> wanted = new HashSet<>(first.keySet());
    wanted.removeAll(expunged);
    return wanted;
  }

  /** Mailboxes with names, subscription, attribute and items, one a line. */
  String text() {
    Map<MailboxId, Set<String>> items = new HashMap<>();
    for (ItemId id : wanted()) {
      items
          .computeIfAbsent(place.get(id), any -> new TreeSet<>())
          .add(id + " " + first.get(id).message() + " " + flags.get(id));
    }
    List<MailboxId> there = new ArrayList<>();
    for (MailboxId id : created) {
      if (!deleted.contains(id) || items.containsKey(id)) {
        there.add(id);
      }
    }
    there.sort(Comparator.comparing(namedAt::get));
    TreeMap<String, String> lines = new TreeMap<>();
    List<MailboxId> late = new ArrayList<>();
    for (MailboxId id : there) {
      if (lines.containsKey(names.get(id))) {
        late.add(id);
      } else {
        lines.put(names.get(id), line(id, items));
      }
    }
    for (MailboxId id : late) {
      int number = 2;
      while (lines.containsKey(names.get(id) + " (" + number + ")")) {
        number++;
      }
      lines.put(names.get(id) + " (" + number + ")", line(id, items));
    }
    return lines.toString();
  }

  private String line(MailboxId id, Map<MailboxId, Set<String>> items) {
    return " "
        + subscribed.getOrDefault(id, false)
        + attributes.getOrDefault(Optional.of(id) + "k", Optional.empty())
        + items.getOrDefault(id, new TreeSet<>())
        + "\n";
  }

  /** The same of an account as it shows; says what is wrong with its UIDs, too. */
  String text(Account account) throws IOException {
    TreeMap<String, String> lines = new TreeMap<>();
    for (Mailbox mailbox : account.mailboxes()) {
      TreeSet<String> items = new TreeSet<>();
      account.items(
          mailbox.id(),
          1,
          item -> {
            boolean clear = uidsGiven.get(mailbox.id() + " " + item.uid()).size() == 1;
            items.add(
                item.id()
                    + " "
                    + item.message()
                    + " "
                    + item.flags()
                    + (clear ? "" : " UID " + item.uid() + " was given for another, too"));
            return true;
          });
      lines.put(
          mailbox.name(),
          " "
              + mailbox.subscribed()
              + account.attribute(Optional.of(mailbox.id()), "k")
              + items
              + "\n");
    }
    return lines.toString();
  }
}
