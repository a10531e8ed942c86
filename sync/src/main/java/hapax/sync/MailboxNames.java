package hapax.sync;

import hapax.sync.MailboxState.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Under which names mailboxes show. Two may have been given one name on two replicas: the one that
 * had it first keeps it, the later ones get a number after it, {@code Work (2)}, that no other
 * mailbox is called. When the first goes or is renamed, the next shows under the plain name.
 */
final class MailboxNames {
  /** {@code INBOX}, then by name. */
  static final Comparator<String> INBOX_FIRST =
      Comparator.comparing((String name) -> !name.equals(Names.INBOX))
          .thenComparing(Comparator.naturalOrder());

  private static final Comparator<Map.Entry<MailboxId, Named>> EARLIER =
      Comparator.comparing((Map.Entry<MailboxId, Named> e) -> e.getValue().stamp())
          .thenComparing(Map.Entry::getKey);

  private MailboxNames() {}

  /** The mailbox that shows under each name, given how each was called last. */
  static Map<String, MailboxId> shown(Map<MailboxId, Named> called) {
    List<Map.Entry<MailboxId, Named>> inOrder = new ArrayList<>(called.entrySet());
    inOrder.sort(EARLIER);
    Map<String, MailboxId> shown = new HashMap<>();
    List<Map.Entry<MailboxId, Named>> late = new ArrayList<>();
    for (Map.Entry<MailboxId, Named> mailbox : inOrder) {
      if (shown.putIfAbsent(mailbox.getValue().name(), mailbox.getKey()) != null) {
        late.add(mailbox);
      }
    }
    for (Map.Entry<MailboxId, Named> mailbox : late) {
      shown.put(numbered(mailbox.getValue().name(), shown), mailbox.getKey());
    }
    return shown;
  }

  private static String numbered(String name, Map<String, MailboxId> taken) {
    int number = 2;
    while (taken.containsKey(name + " (" + number + ")")) {
      number++;
    }
    return name + " (" + number + ")";
  }
}
