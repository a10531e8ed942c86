package hapax.tools;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.sync.MailStore;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Originals that the store does not have byte for byte, and the stored messages with the same
 * Message-ID, of which one may be what became of the original. Safe for use by many threads while
 * originals are added.
 */
final class Counterparts {
  /** More originals are not looked for. */
  private static final int MOST = 1_000;

  private static final Pattern MESSAGE_ID =
      Pattern.compile("^message-id:\\s*(<[^>\\s]+>)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final Map<String, List<SourceMessage>> missing = new HashMap<>();
  private int count;

  /** Sees an original and a stored message of the same name. */
  @FunctionalInterface
  interface Visitor {
    void counterpart(SourceMessage original, RecordId stored) throws IOException;
  }

  /** Notes an original that is not in the store; {@code head} is its beginning. */
  synchronized void add(SourceMessage original, byte[] head) {
    Matcher id = messageId(head);
    if (count < MOST && id.find()) {
      missing.computeIfAbsent(id.group(1), any -> new ArrayList<>()).add(original);
      count++;
    }
  }

  private static Matcher messageId(byte[] head) {
    return MESSAGE_ID.matcher(new String(head, StandardCharsets.ISO_8859_1));
  }

  /** Looks through the headers of the stored messages, if any original is missing. */
  synchronized void find(MailStore store, Visitor visitor) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    try (StoreReader reader = store.blobs().reader()) {
      HeadReader heads = new HeadReader(reader);
      store
          .blobs()
          .scanHeldInOrder(
              at -> {
                visit(at.id(), heads, visitor);
                return true;
              });
    }
  }

  private void visit(RecordId id, HeadReader heads, Visitor visitor) throws IOException {
    byte[] head;
    try {
      head = heads.bytes(id);
    } catch (IOException damaged) {
      return; // not what is looked for: a check of stored messages tells of it
    }
    Matcher found = messageId(head);
    if (found.find()) {
      for (SourceMessage original : missing.getOrDefault(found.group(1), List.of())) {
        visitor.counterpart(original, id);
      }
    }
  }
}
