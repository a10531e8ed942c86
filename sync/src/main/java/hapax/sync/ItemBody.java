package hapax.sync;

import hapax.blob.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a change says about items. */
sealed interface ItemBody extends Body {
  /** The items that it speaks of, at least one. */
  List<ItemId> items();

  /** A body that gives an item a UID in a mailbox. */
  sealed interface Numbering extends ItemBody {
    ItemId item();

    MailboxId mailbox();

    long uid();

    /**
     * The visit for which the UID is given (see {@link Visit}), if the change itself has the stamp
     * {@code own}.
     */
    Stamp visit(Stamp own);

    @Override
    default List<ItemId> items() {
      return List.of(item());
    }
  }

  private static long readUid(FieldReader from) throws IOException {
    return from.varint("UID", 1, MailboxBody.MAX_NUMBER);
  }

  private static SortedSet<String> readFlags(FieldReader from) throws IOException {
    int count = from.count("flags", 2);
    List<String> flags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      flags.add(from.text("flag"));
    }
    return FlagNames.canonical(flags);
  }

  private static void writeFlags(FieldWriter to, Set<String> flags) {
    to.varint(flags.size());
    flags.forEach(to::text);
  }

  /**
   * An item is in a mailbox.
   *
   * @param message digest of its message
   * @param size length of the message in bytes
   * @param date its internal date, milliseconds since 1970
   */
  record Added(
      ItemId item,
      MailboxId mailbox,
      long uid,
      RecordId message,
      long size,
      long date,
      SortedSet<String> flags)
      implements Numbering {
    static final int CODE = 0x20;

    public Added {
      flags = FlagNames.canonical(flags);
    }

    static Added readFrom(FieldReader from) throws IOException {
      return new Added(
          from.item("item"),
          from.mailbox("mailbox"),
          readUid(from),
          from.record("message"),
          from.varint("size", 0, Long.MAX_VALUE),
          from.signed("internal date"),
          readFlags(from));
    }

    @Override
    public Stamp visit(Stamp own) {
      return Stamp.NONE;
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.item(item).mailbox(mailbox).varint(uid).record(message).varint(size).signed(date);
      writeFlags(to, flags);
    }
  }

  /** An item is in another mailbox from now on. */
  record Moved(ItemId item, MailboxId mailbox, long uid) implements Numbering {
    static final int CODE = 0x21;

    static Moved readFrom(FieldReader from) throws IOException {
      return new Moved(from.item("item"), from.mailbox("mailbox"), readUid(from));
    }

    @Override
    public Stamp visit(Stamp own) {
      return own;
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.item(item).mailbox(mailbox).varint(uid);
    }
  }

  /**
   * An item has another UID in a mailbox, because the one before was given twice.
   *
   * @param visit the visit that goes on under the new UID; a later one does not
   */
  record UidReassigned(ItemId item, MailboxId mailbox, Stamp visit, long uid) implements Numbering {
    static final int CODE = 0x24;

    static UidReassigned readFrom(FieldReader from) throws IOException {
      return new UidReassigned(
          from.item("item"), from.mailbox("mailbox"), from.stamp("visit"), readUid(from));
    }

    @Override
    public Stamp visit(Stamp own) {
      return visit;
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.item(item).mailbox(mailbox).stamp(visit).varint(uid);
    }
  }

  /**
   * What is left of {@link Added} where the item is forgotten: it was in a mailbox, under a UID
   * that must not be given again, and was expunged. It has origin, number and stamp of the
   * addition; who has forgotten the item hands it on instead.
   */
  record Forgotten(ItemId item, MailboxId mailbox, long uid) implements Numbering {
    static final int CODE = 0x25;

    static Forgotten readFrom(FieldReader from) throws IOException {
      return new Forgotten(from.item("item"), from.mailbox("mailbox"), readUid(from));
    }

    @Override
    public Stamp visit(Stamp own) {
      return Stamp.NONE;
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.item(item).mailbox(mailbox).varint(uid);
    }
  }

  /** Flags and keywords of an item are set and cleared; none is in both. */
  record Flagged(ItemId item, SortedSet<String> set, SortedSet<String> cleared)
      implements ItemBody {
    static final int CODE = 0x22;

    public Flagged {
      set = FlagNames.canonical(set);
      cleared = FlagNames.canonical(cleared);
      SortedSet<String> both = new TreeSet<>(set);
      both.retainAll(cleared);
      if (!both.isEmpty()) {
        throw new IllegalArgumentException(
            "a flag can not be both set and cleared: " + String.join(" ", both));
      }
    }

    static Flagged readFrom(FieldReader from) throws IOException {
      return new Flagged(from.item("item"), readFlags(from), readFlags(from));
    }

    @Override
    public List<ItemId> items() {
      return List.of(item);
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.item(item);
      writeFlags(to, set);
      writeFlags(to, cleared);
    }
  }

  /** Items are no longer in their mailboxes, for good. */
  record Expunged(List<ItemId> items) implements ItemBody {
    static final int CODE = 0x23;

    public Expunged {
      items = List.copyOf(items);
      if (items.isEmpty()) {
        throw new IllegalArgumentException("expected an item to expunge, found none");
      }
    }

    static Expunged readFrom(FieldReader from) throws IOException {
      int count = from.count("items", ItemId.BYTES);
      List<ItemId> items = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        items.add(from.item("item"));
      }
      return new Expunged(items);
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.varint(items.size());
      items.forEach(to::item);
    }
  }
}
