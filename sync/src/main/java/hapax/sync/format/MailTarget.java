package hapax.sync.format;

import java.io.IOException;

/**
 * Where mail is written to: a folder in which mailboxes become folders or files. Nothing that is
 * there is overwritten, and no name leads out of it.
 */
public interface MailTarget {
  /**
   * Makes sure that a mailbox can be written.
   *
   * @throws IOException if mail is there already, in one line
   */
  void check(String mailbox) throws IOException;

  /** Begins a mailbox. */
  TargetFolder open(String mailbox) throws IOException;

  /** The target for one of many accounts in this one. */
  MailTarget ofAccount(String account);

  /**
   * The target that a word on the command line names: {@code maildir:DIR}, {@code mbox:DIR} or
   * {@code eml:DIR}.
   *
   * @throws IllegalArgumentException if it has another form, in one line
   */
  static MailTarget of(String word) {
    return TargetWord.parse(word);
  }
}
