package hapax.sync;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import java.io.IOException;
import java.time.Instant;
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

  /** Whether the account is there; as of a moment before it was made, it is not. */
  boolean isThere() throws IOException;

  /** The mailboxes that are there, sorted by name, {@code INBOX} first. */
  List<Mailbox> mailboxes() throws IOException;

  /** The mailbox of that name, if there; {@code INBOX} is found in any case (RFC 9051, 5.1). */
  Optional<Mailbox> mailbox(String name) throws IOException;

  /**
   * The mailbox of that name, made if it is not there.
   *
   * @throws IllegalArgumentException if the name can be none (see {@link #rename})
   */
  Mailbox openMailbox(Intake unit, String name) throws IOException;

  /**
   * Gives a mailbox, and those below it, another name. Mailboxes below {@code INBOX} keep theirs
   * (RFC 9051, 6.3.6).
   *
   * @throws IllegalArgumentException if the mailbox is not there any more, the name is that of
   *     another, or can be none: empty, longer than 1,000 bytes, with control characters or empty
   *     levels
   */
  void rename(Intake unit, Mailbox mailbox, String name) throws IOException;

  /**
   * Deletes a mailbox; its items are expunged. Mailboxes below it stay.
   *
   * @throws IllegalArgumentException for {@code INBOX}
   */
  void delete(Intake unit, Mailbox mailbox) throws IOException;

  /** Subscribes or unsubscribes. */
  void subscribe(Intake unit, Mailbox mailbox, boolean subscribed) throws IOException;

  /**
   * Shows a mailbox's items by ascending UID, from {@code fromUid} on, until the visitor has
   * enough.
   */
  void items(MailboxId mailbox, long fromUid, ItemVisitor visitor) throws IOException;

  /**
   * Shows which message stands where, for the items of all mailboxes, those that are not there
   * included, in no order, until the visitor has enough. This is much cheaper than {@link #items}.
   */
  void standing(StandingVisitor visitor) throws IOException;

  /** How many items {@link #items} shows in all the mailboxes that are there. */
  long shownItems() throws IOException;

  /** Shows the expunged items of a mailbox that can still be restored, or were. */
  void expungedItems(MailboxId mailbox, ItemVisitor visitor) throws IOException;

  /**
   * Whether an expunged item was restored; what became of that can be seen, and restored, from then
   * on.
   */
  boolean wasRestored(ItemId item) throws IOException;

  /** How many items were expunged before a moment and can still be restored, in any mailbox. */
  long expungedBefore(Instant moment) throws IOException;

  /**
   * How many items stood here of which the message is not known: another store let go of it before
   * it told this one of them. There may be such as of a moment in the past, when they were not
   * expunged yet; now there are none.
   */
  long withoutMessage() throws IOException;

  /**
   * Mailboxes that are gone and from which items can still be restored, by the names that they had;
   * {@code items} is how many.
   */
  List<Mailbox> deletedMailboxes() throws IOException;

  /**
   * All that one name stands for where items are to be restored: {@link #mailbox} of that name, if
   * there, and those of {@link #deletedMailboxes} that had it, by ascending UIDVALIDITY.
   */
  List<Mailbox> generations(String name) throws IOException;

  /** The item with a UID in a mailbox, if there. */
  Optional<Item> item(MailboxId mailbox, long uid) throws IOException;

  /**
   * The item of that id, expunged or not, if it was ever there. Its UID is 0 for the moment in
   * which a UID that two replicas gave to two items is replaced; if the item was expunged before,
   * it stays 0.
   */
  Optional<Item> item(ItemId id) throws IOException;

  /**
   * Whether an item of that id was expunged so long ago, here or where it was handed on from, that
   * its message is not known; it can not be added again.
   */
  boolean isForgotten(ItemId id) throws IOException;

  /**
   * Adds an item at the end of a mailbox. Adding an id that is known changes nothing, wherever the
   * item is by now. Returns its UID; 0 if the item is known and was expunged.
   *
   * @throws IllegalArgumentException if the account has no such mailbox, or a flag is empty, longer
   *     than 255 bytes or has control characters
   */
  long add(Intake unit, MailboxId mailbox, NewItem item) throws IOException;

  /**
   * Sets and clears flags and keywords; says whether anything changed. An item that is expunged or
   * unknown is left alone.
   *
   * @throws IllegalArgumentException if a flag is set and cleared, or can be none (see {@link
   *     #add})
   */
  boolean flag(Intake unit, ItemId item, Set<String> set, Set<String> clear) throws IOException;

  /**
   * Moves an item; it gets a new UID in its new mailbox. An item that is expunged, unknown or there
   * already is left alone.
   *
   * @throws IllegalArgumentException if the account has no such mailbox
   */
  void move(Intake unit, ItemId item, MailboxId to) throws IOException;

  /** Expunges an item; says whether it was there. */
  boolean expunge(Intake unit, ItemId item) throws IOException;

  /**
   * What was found about a message's signatures when it came into this account, as {@link
   * hapax.reconstruct.signature.SignatureRecord} writes it, if that was recorded.
   */
  Optional<String> signatures(RecordId message) throws IOException;

  /** Shows the messages of which {@link #signatures} were recorded. */
  void recordedSignatures(MessageVisitor visitor) throws IOException;

  /** Records what was found about a message's signatures; a record that is there stays. */
  void recordSignatures(Intake unit, RecordId message, String record) throws IOException;

  /**
   * Brings an expunged item back: a new item of the same message, with its flags and date, at the
   * end of a mailbox. One that was brought back before and is there changes nothing, so that two
   * replicas may do the same.
   *
   * @return its UID; 0 if nothing changed, because it was never expunged, can not be restored any
   *     more, or is back already
   * @throws IllegalArgumentException if the account has no such mailbox
   */
  long restore(Intake unit, ItemId item, MailboxId to) throws IOException;

  /** The value of an attribute of a mailbox, or of the account. */
  Optional<String> attribute(Optional<MailboxId> mailbox, String key) throws IOException;

  /**
   * Sets an attribute of a mailbox, or of the account; an empty value removes it.
   *
   * @throws IllegalArgumentException if the key is empty, longer than 255 bytes or has control
   *     characters
   */
  void setAttribute(Intake unit, Optional<MailboxId> mailbox, String key, Optional<String> value)
      throws IOException;

  /** Sees where messages stand. */
  @FunctionalInterface
  interface StandingVisitor {
    /** Takes an item's mailbox, UID there and message; says whether to go on. */
    boolean item(MailboxId mailbox, long uid, RecordId message) throws IOException;
  }

  /** Sees messages. */
  @FunctionalInterface
  interface MessageVisitor {
    /** Takes a message; says whether to go on. */
    boolean message(RecordId message) throws IOException;
  }

  /** Sees items. */
  @FunctionalInterface
  interface ItemVisitor {
    /** Takes an item; says whether to go on. */
    boolean item(Item item) throws IOException;
  }
}
