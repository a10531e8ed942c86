package hapax.sync;

import hapax.blob.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The mailboxes of an account, from its rows. */
final class MailboxList {
  private final RowReader rows;
  private final Keys keys;
  private final AccountIndex index;

  MailboxList(RowReader rows, Keys keys, AccountIndex index) {
    this.rows = rows;
    this.keys = keys;
    this.index = index;
  }

  /** Those that are there, as they are called, INBOX first. */
  List<Mailbox> shown() throws IOException {
    Map<MailboxId, MailboxState> states = states();
    Map<MailboxId, MailboxCounts> counts = new HashMap<>();
    Map<MailboxId, MailboxState.Named> called = new HashMap<>();
    for (Map.Entry<MailboxId, MailboxState> mailbox : states.entrySet()) {
      MailboxCounts figures = index.counts(mailbox.getKey());
      MailboxState.@Nullable Named named = mailbox.getValue().named();
      if (named != null && mailbox.getValue().there(figures.items())) {
        counts.put(mailbox.getKey(), figures);
        called.put(mailbox.getKey(), named);
      }
    }
    List<Mailbox> mailboxes = new ArrayList<>();
    MailboxNames.shown(called)
        .forEach((name, id) -> mailboxes.add(mailbox(id, name, states, counts)));
    mailboxes.sort(Comparator.comparing(Mailbox::name, MailboxNames.INBOX_FIRST));
    return mailboxes;
  }

  private static Mailbox mailbox(
      MailboxId id,
      String name,
      Map<MailboxId, MailboxState> states,
      Map<MailboxId, MailboxCounts> counts) {
    MailboxState state = states.getOrDefault(id, new MailboxState());
    MailboxCounts figures = counts.getOrDefault(id, new MailboxCounts(0, 0));
    return new Mailbox(
        id,
        name,
        state.uidValidity(),
        figures.highestUid() + 1,
        figures.items(),
        state.subscribed());
  }

  /** The one that is called so. */
  Optional<Mailbox> shown(String name) throws IOException {
    String wanted = Names.kept(name);
    return shown().stream().filter(mailbox -> mailbox.name().equals(wanted)).findAny();
  }

  /** Those that are gone, with the number of their items that can be restored. */
  List<Mailbox> deleted() throws IOException {
    Map<MailboxId, Long> restorable = new HashMap<>();
    rows.scan(
        keys.first(Keys.BIN),
        keys.end(Keys.BIN),
        (key, value) -> {
          Optional<Item> item = index.item(Keys.lastItem(key));
          if (item.isPresent() && !index.wasRestored(item.get().id())) {
            restorable.merge(item.get().mailbox(), 1L, Long::sum);
          }
          return true;
        });
    List<Mailbox> gone = new ArrayList<>();
    for (Map.Entry<MailboxId, Long> each : restorable.entrySet()) {
      MailboxState state = index.mailbox(each.getKey());
      MailboxCounts figures = index.counts(each.getKey());
      MailboxState.@Nullable Named named = state.named();
      if (named != null && !state.there(figures.items())) {
        long next = figures.highestUid() + 1;
        gone.add(
            new Mailbox(
                each.getKey(), named.name(), state.uidValidity(), next, each.getValue(), false));
      }
    }
    gone.sort(Comparator.comparing(Mailbox::name).thenComparing(Mailbox::id));
    return gone;
  }

  /** The one that is called so, and those that are gone and were, by ascending UIDVALIDITY. */
  List<Mailbox> generations(String name) throws IOException {
    String wanted = Names.kept(name);
    List<Mailbox> generations = new ArrayList<>(deleted());
    generations.removeIf(mailbox -> !mailbox.name().equals(wanted));
    shown(wanted).ifPresent(generations::add);
    generations.sort(Comparator.comparing(Mailbox::uidValidity).thenComparing(Mailbox::id));
    return generations;
  }

  /** Those of which changes speak, there or not. */
  List<MailboxId> ids() throws IOException {
    List<MailboxId> ids = new ArrayList<>(states().keySet());
    ids.sort(Comparator.naturalOrder());
    return ids;
  }

  /** The highest UIDVALIDITY of a mailbox, there or not; 0 if there never was one. */
  long highestUidValidity() throws IOException {
    long highest = 0;
    for (MailboxState mailbox : states().values()) {
      highest = Math.max(highest, mailbox.uidValidity());
    }
    return highest;
  }

  /** Those, there or not, that have the UIDVALIDITY that another has or had. */
  List<MailboxId> ofSharedUidValidity() throws IOException {
    Map<Long, List<MailboxId>> byUidValidity = new HashMap<>();
    states()
        .forEach(
            (id, state) ->
                byUidValidity
                    .computeIfAbsent(state.uidValidity(), first -> new ArrayList<>())
                    .add(id));
    Set<MailboxId> shared = new TreeSet<>();
    rows.scan(
        keys.first(Keys.VALIDITY),
        keys.end(Keys.VALIDITY),
        (key, value) -> {
          List<MailboxId> have = byUidValidity.getOrDefault(keys.validityOf(key), List.of());
          if (have.size() > 1 || !have.contains(Keys.lastMailbox(key))) {
            shared.addAll(have);
            byUidValidity.remove(keys.validityOf(key));
          }
          return true;
        });
    return List.copyOf(shared);
  }

  private Map<MailboxId, MailboxState> states() throws IOException {
    Map<MailboxId, MailboxState> states = new HashMap<>();
    rows.scan(
        keys.first(Keys.MAILBOX),
        keys.end(Keys.MAILBOX),
        (key, value) -> {
          states.put(keys.mailboxOf(key), MailboxState.decode(value));
          return true;
        });
    return states;
  }
}
