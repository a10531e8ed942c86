package hapax.sync;

import hapax.sync.ItemState.Added;
import hapax.sync.ItemState.FlagState;
import hapax.sync.ItemState.Moved;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of an {@link ItemState}; {@code doc/index.md} draws them. */
final class ItemRow {
  private static final int ADDED = 1;
  private static final int MOVED = 2;
  private static final int EXPUNGED = 4;
  private static final int ADDED_TO_SEVERAL = 8;
  private static final int FORGOTTEN_ELSEWHERE = 16;

  /** A visit that began with the addition has no stamp. */
  private static final int ADDITION = 0;

  private static final int STAMPED = 1;

  /** A flag that came with the item: it has the stamp of {@link Added}. */
  private static final int SET_WHEN_ADDED = 0;

  private static final int SET = 1;
  private static final int CLEARED = 2;

  private ItemRow() {}

  static byte[] encode(ItemState item) {
    FieldWriter to = new FieldWriter();
    @Nullable Added added = item.added();
    @Nullable Moved moved = item.moved();
    @Nullable Stamp expunged = item.expunged();
    to.octet(
        (added == null ? 0 : ADDED)
            | (moved == null ? 0 : MOVED)
            | (expunged == null ? 0 : EXPUNGED)
            | (item.addedToSeveral() ? ADDED_TO_SEVERAL : 0)
            | (item.forgottenElsewhere() ? FORGOTTEN_ELSEWHERE : 0));
    if (added != null) {
      to.stamp(added.stamp()).mailbox(added.mailbox()).record(added.message());
      to.varint(added.size()).signed(added.date());
    }
    if (moved != null) {
      to.stamp(moved.stamp()).mailbox(moved.mailbox());
    }
    if (expunged != null) {
      to.stamp(expunged);
    }
    writeUids(to, item.uids());
    writeFlags(to, item.flags(), added == null ? null : added.stamp());
    return to.toBytes();
  }

  private static void writeUids(FieldWriter to, Map<Visit, Long> uids) {
    to.varint(uids.size());
    uids.forEach(
        (visit, uid) -> {
          if (visit.stamp().equals(Stamp.NONE)) {
            to.octet(ADDITION);
          } else {
            to.octet(STAMPED).stamp(visit.stamp());
          }
          to.mailbox(visit.mailbox()).varint(uid);
        });
  }

  private static void writeFlags(
      FieldWriter to, Map<String, FlagState> flags, @Nullable Stamp added) {
    to.varint(flags.size());
    flags.forEach(
        (name, flag) -> {
          to.text(name);
          if (flag.set() && flag.stamp().equals(added)) {
            to.octet(SET_WHEN_ADDED);
          } else {
            to.octet(flag.set() ? SET : CLEARED).stamp(flag.stamp());
          }
        });
  }

  static ItemState decode(byte @Nullable [] row) throws IOException {
    ItemState item = new ItemState();
    if (row == null) {
      return item;
    }
    FieldReader from = new FieldReader("row of an item", row);
    readPlace(from, item);
    readFlags(from, item);
    from.end();
    return item;
  }

  /** The same without its flags: what it is and where it stands. */
  static ItemState decodePlace(byte[] row) throws IOException {
    ItemState item = new ItemState();
    readPlace(new FieldReader("row of an item", row), item);
    return item;
  }

  private static void readPlace(FieldReader from, ItemState item) throws IOException {
    long marks = from.varint("marks", 0, 2 * FORGOTTEN_ELSEWHERE - 1);
    if ((marks & ADDED) != 0) {
      item.join(readAdded(from));
    }
    if ((marks & MOVED) != 0) {
      item.join(new Moved(from.stamp("stamp of the move"), from.mailbox("mailbox")));
    }
    if ((marks & EXPUNGED) != 0) {
      item.joinExpunged(from.stamp("stamp of the expunge"));
    }
    if ((marks & ADDED_TO_SEVERAL) != 0) {
      item.joinAddedToSeveral();
    }
    if ((marks & FORGOTTEN_ELSEWHERE) != 0) {
      item.joinForgottenElsewhere();
    }
    readUids(from, item);
  }

  private static void readUids(FieldReader from, ItemState item) throws IOException {
    int uids = from.count("UIDs", MailboxId.BYTES + 2);
    for (int i = 0; i < uids; i++) {
      long kind = from.varint("kind of visit", ADDITION, STAMPED);
      Stamp visit = kind == ADDITION ? Stamp.NONE : from.stamp("stamp of the visit");
      item.joinUid(
          new Visit(visit, from.mailbox("mailbox")), from.varint("UID", 1, MailboxBody.MAX_NUMBER));
    }
  }

  private static Added readAdded(FieldReader from) throws IOException {
    return new Added(
        from.stamp("stamp of the addition"),
        from.mailbox("mailbox"),
        from.record("message"),
        from.varint("size"),
        from.signed("internal date"));
  }

  private static void readFlags(FieldReader from, ItemState item) throws IOException {
    int flags = from.count("flags", 3);
    for (int i = 0; i < flags; i++) {
      String name = from.text("flag");
      item.joinFlag(name, readFlag(from, item.added()));
    }
  }

  private static FlagState readFlag(FieldReader from, @Nullable Added added) throws IOException {
    int start = from.position();
    int how = from.octet("state of the flag");
    if (how == SET_WHEN_ADDED && added != null) {
      return new FlagState(added.stamp(), true);
    }
    if (how != SET && how != CLEARED) {
      throw from.fault(start, "state of the flag", String.valueOf(how));
    }
    return new FlagState(from.stamp("stamp of the flag"), how == SET);
  }
}
