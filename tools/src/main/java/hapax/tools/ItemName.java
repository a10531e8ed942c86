package hapax.tools;

import hapax.sync.Account;
import hapax.sync.Item;
import java.io.IOException;

/** {@code A/M/UID}: one item as users name it. */
record ItemName(MailboxName mailbox, long uid) {
  private static final long UID_MAX = 0xFFFF_FFFFL;

  /**
   * @throws IllegalArgumentException if the UID can be none
   */
  ItemName {
    if (uid < 1 || uid > UID_MAX) {
      throw new IllegalArgumentException("expected a UID from 1 to 4294967295, found " + uid);
    }
  }

  /**
   * Reads {@code A/M/UID}; the UID stands after the last slash.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static ItemName parse(String text) {
    int slash = text.lastIndexOf('/');
    String uid = text.substring(slash + 1);
    if (slash < 0 || !uid.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException("expected ACCOUNT/MAILBOX/UID, found '" + text + "'");
    }
    return new ItemName(MailboxName.parse(text.substring(0, slash)), Long.parseLong(uid));
  }

  /** The item, which must be there. */
  Item in(Account owner) throws IOException {
    return owner
        .item(mailbox.in(owner).id(), uid)
        .orElseThrow(() -> new FailedException("no message " + this));
  }

  @Override
  public String toString() {
    return mailbox + "/" + uid;
  }
}
