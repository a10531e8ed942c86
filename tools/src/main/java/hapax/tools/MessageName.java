package hapax.tools;

import hapax.blob.RecordId;
import hapax.sync.MailStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message as users name it. */
sealed interface MessageName {
  /** The message's digest, if the store has the message. */
  RecordId in(MailStore store) throws IOException;

  /**
   * Reads {@code A/M/UID}, a digest, or its first digits.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static MessageName parse(String text) {
    if (text.indexOf('/') >= 0) {
      return new OfItem(ItemName.parse(text));
    }
    return OfDigest.parse(text, "ACCOUNT/MAILBOX/UID or ");
  }

  /** The message that an item shows. */
  record OfItem(ItemName item) implements MessageName {
    @Override
    public RecordId in(MailStore store) throws IOException {
      return item.in(item.mailbox().accountIn(store)).message();
    }
  }

  /** The message whose digest starts with these digits. */
  record OfDigest(String digits) implements MessageName {
    private static final int WHOLE = 64;

    /**
     * Reads a digest, or its first digits.
     *
     * @throws IllegalArgumentException if it is none
     */
    static OfDigest parse(String text) {
      return parse(text, "");
    }

    private static OfDigest parse(String text, String others) {
      String digits = text.toLowerCase(Locale.ROOT);
      if (!digits.matches("[0-9a-f]{8,64}")) {
        throw new IllegalArgumentException(
            "expected " + others + "a digest (8 to 64 hexadecimal digits), found '" + text + "'");
      }
      return new OfDigest(digits);
    }

    /** Whether a message's digest starts so. */
    boolean fits(RecordId message) {
      return message.toString().startsWith(digits);
    }

    /** What to throw when the digits fit several messages. */
    FailedException unclear() {
      return new FailedException(
          "more than one message starts with " + digits + ": give more digits");
    }

    @Override
    public RecordId in(MailStore store) throws IOException {
      return digits.length() == WHOLE ? RecordId.parse(digits) : completed(store);
    }

    private RecordId completed(MailStore store) throws IOException {
      List<RecordId> found = new ArrayList<>();
      store
          .blobs()
          .scanRecords(
              (id, length, summary, holders) -> {
                if (fits(id)) {
                  found.add(id);
                }
                return found.size() < 2;
              });
      if (found.isEmpty()) {
        throw new FailedException("no message " + digits);
      }
      if (found.size() > 1) {
        throw unclear();
      }
      return found.get(0);
    }
  }
}
