package hapax.sync;

import hapax.blob.Intake;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One account: its mailboxes and items, read from the index and changed through the log. Changes
 * show at once in this process and are durable after {@link MailStore#commit()}. Safe for use by
 * many threads.
 */
public interface Account {
  /** The account's name. */
  String name();

  /** The mailboxes that are there, sorted by name, {@code INBOX} first. */
  List<Mailbox> mailboxes() throws IOException;

  /** The mailbox of that name, if there; {@code INBOX} is found in any case (RFC 9051, 5.1). */
  Optional<Mailbox> mailbox(String name) throws IOException;

  /** The mailbox of that name, made if it is not there. */
  Mailbox openMailbox(Intake unit, String name) throws IOException;

  /** Gives a mailbox, and those below it, another name. */
  void rename(Intake unit, Mailbox mailbox, String name) throws IOException;

  /** Deletes a mailbox; its items are expunged. */
  void delete(Intake unit, Mailbox mailbox) throws IOException;

  /** Subscribes or unsubscribes. */
  void subscribe(Intake unit, Mailbox mailbox, boolean subscribed) throws IOException;

  /**
   * Shows a mailbox's items by ascending UID, from {@code fromUid} on, until the visitor has
   * enough.
   */
  void items(MailboxId mailbox, long fromUid, ItemVisitor visitor) throws IOException;

  /** Shows the expunged items of a mailbox that can still be restored. */
  void expungedItems(MailboxId mailbox, ItemVisitor visitor) throws IOException;

  /** The item with a UID in a mailbox, if there. */
  Optional<Item> item(MailboxId mailbox, long uid) throws IOException;

  /** The item of that id, expunged or not, if it was ever there. */
  Optional<Item> item(ItemId id) throws IOException;

  /**
   * Adds an item at the end of a mailbox; adding an id that is known changes nothing. Returns its
   * UID.
   */
  long add(Intake unit, MailboxId mailbox, NewItem item) throws IOException;

  /** Sets and clears flags and keywords; says whether anything changed. */
  boolean flag(Intake unit, ItemId item, Set<String> set, Set<String> clear) throws IOException;

  /** Moves an item; it gets a new UID in its new mailbox. */
  void move(Intake unit, ItemId item, MailboxId to) throws IOException;

  /** Expunges an item; says whether it was there. */
  boolean expunge(Intake unit, ItemId item) throws IOException;

  /** Sees items. */
  @FunctionalInterface
  interface ItemVisitor {
    /** Takes an item; says whether to go on. */
    boolean item(Item item) throws IOException;
  }
}
