package hapax.sync;

import hapax.blob.RecordId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of one account's rows: a letter for the kind of row, the account's name, a zero, and what
 * tells the rows of that kind apart. {@code doc/index.md} lists the rows.
 */
final class Keys {
  /** Created when, horizon. */
  static final byte ACCOUNT = 'A';

  /** By mailbox: name, UIDVALIDITY, deleted, subscribed, each with its stamp. */
  static final byte MAILBOX = 'M';

  /** By UIDVALIDITY and mailbox: that the mailbox has that number, or had it. */
  static final byte VALIDITY = 'W';

  /** By mailbox: how many items, and the highest UID given. */
  static final byte COUNTS = 'N';

  /** By item: everything known of it. */
  static final byte ITEM = 'I';

  /** By mailbox and UID: whose UID it is. */
  static final byte UID = 'U';

  /** By mailbox and item: items that need another UID. */
  static final byte PENDING = 'P';

  /** By stamp and item: expunged items that can be restored. */
  static final byte BIN = 'E';

  /** By item: items that another store has forgotten, and that no change expunges. */
  static final byte FORGOTTEN = 'F';

  /** By origin: which of its changes were seen. */
  static final byte SEEN = 'V';

  /** By mailbox or zeros, and key: attributes. */
  static final byte ATTRIBUTE = 'X';

  /** By message: what was found about its signatures when it arrived. */
  static final byte SIGNATURES = 'G';

  /** By peer and account: what it has seen, as last heard. Of the store, not of an account. */
  static final byte PEER = 'Y';

  /** By peer, who owes, and account: content that did not come. Of the store, too. */
  static final byte DEBT = 'D';

  /** By peer: since when it is retired. Of the store, too. */
  static final byte RETIRED = 'T';

  /** How long what was expunged is kept. Of the store, too. */
  static final byte RETENTION = 'R';

  private static final byte[] KINDS = {
    ACCOUNT,
    MAILBOX,
    VALIDITY,
    COUNTS,
    ITEM,
    UID,
    PENDING,
    BIN,
    FORGOTTEN,
    SEEN,
    ATTRIBUTE,
    SIGNATURES
  };

  private final String name;
  private final byte[] account;
  private final Holder holder;

  Keys(String account) {
    this.name = account;
    this.account = account.getBytes(StandardCharsets.UTF_8);
    this.holder = new Holder(account);
  }

  /** Whether these are the keys of an account. */
  boolean areOf(String other) {
    return name.equals(other);
  }

  /** Under which name an item holds its record. */
  byte[] holder(ItemId item) {
    return holder.of(item);
  }

  static byte[] kinds() {
    return KINDS.clone();
  }

  private ByteBuffer start(byte kind, int rest) {
    return ByteBuffer.allocate(2 + account.length + rest).put(kind).put(account).put((byte) 0);
  }

  /** The key before all rows of a kind. */
  byte[] first(byte kind) {
    return start(kind, 0).array();
  }

  /** The key after all rows of a kind. */
  byte[] end(byte kind) {
    byte[] key = first(kind);
    key[key.length - 1] = 1;
    return key;
  }

  /** Where, in a row's key, that begins which tells it from others of its kind and account. */
  int restOffset() {
    return 2 + account.length;
  }

  byte[] account() {
    return first(ACCOUNT);
  }

  byte[] mailbox(MailboxId mailbox) {
    return put(start(MAILBOX, MailboxId.BYTES), mailbox).array();
  }

  byte[] validity(long uidValidity, MailboxId mailbox) {
    ByteBuffer key = start(VALIDITY, Integer.BYTES + MailboxId.BYTES).putInt((int) uidValidity);
    return put(key, mailbox).array();
  }

  byte[] counts(MailboxId mailbox) {
    return put(start(COUNTS, MailboxId.BYTES), mailbox).array();
  }

  byte[] item(ItemId item) {
    return put(start(ITEM, ItemId.BYTES), item).array();
  }

  byte[] uid(MailboxId mailbox, long uid) {
    return put(start(UID, MailboxId.BYTES + Integer.BYTES), mailbox).putInt((int) uid).array();
  }

  /** The key after all UID rows of a mailbox. */
  byte[] uidEnd(MailboxId mailbox) {
    return put(start(UID, MailboxId.BYTES + Integer.BYTES + 1), mailbox)
        .putInt(-1)
        .put((byte) 0)
        .array();
  }

  byte[] pending(MailboxId mailbox, ItemId item) {
    ByteBuffer key = start(PENDING, MailboxId.BYTES + ItemId.BYTES);
    return put(put(key, mailbox), item).array();
  }

  byte[] bin(Stamp expunged, ItemId item) {
    ByteBuffer key = start(BIN, 2 * Long.BYTES + ItemId.BYTES);
    return put(key.putLong(expunged.time()).putLong(expunged.origin()), item).array();
  }

  byte[] forgotten(ItemId item) {
    return put(start(FORGOTTEN, ItemId.BYTES), item).array();
  }

  /** The account of such a key. */
  static String accountOfForgotten(byte[] key) {
    int length = key.length - 2 - ItemId.BYTES;
    return new String(key, 1, length, StandardCharsets.UTF_8);
  }

  /** The key after that of an item. */
  byte[] afterForgotten(ItemId item) {
    return put(start(FORGOTTEN, ItemId.BYTES + 1), item).array();
  }

  /** The key before all rows of items expunged at a millisecond or later. */
  byte[] binFrom(long millis) {
    return start(BIN, Long.BYTES).putLong(Stamp.timeOf(millis)).array();
  }

  byte[] seen(long origin) {
    return start(SEEN, Long.BYTES).putLong(origin).array();
  }

  /** The row of a peer and an account; without one, the key before all of the peer's. */
  static byte[] peer(long peer, String account) {
    byte[] name = account.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Long.BYTES + name.length)
        .put(PEER)
        .putLong(peer)
        .put(name)
        .array();
  }

  /** The row of what one store owes another of an account. */
  static byte[] debt(long peer, boolean ours, String account) {
    byte[] name = account.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + Long.BYTES + name.length)
        .put(DEBT)
        .putLong(peer)
        .put((byte) (ours ? 1 : 0))
        .put(name)
        .array();
  }

  private static byte[] ofPeer(byte kind, long peer) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(peer).array();
  }

  /** The key after all rows of a kind and a peer: that of the next peer, if there is one. */
  private static byte[] afterPeer(byte kind, long peer) {
    return peer == -1 ? new byte[] {(byte) (kind + 1)} : ofPeer(kind, peer + 1);
  }

  /** The key after all rows of what a peer has seen. */
  static byte[] afterPeer(long peer) {
    return afterPeer(PEER, peer);
  }

  /** The key before all rows of what a peer and this store owe each other. */
  static byte[] debtsOf(long peer) {
    return ofPeer(DEBT, peer);
  }

  /** The key after those. */
  static byte[] afterDebtsOf(long peer) {
    return afterPeer(DEBT, peer);
  }

  /** The row of a peer that is retired. */
  static byte[] retired(long peer) {
    return ofPeer(RETIRED, peer);
  }

  /** The row of how long what was expunged is kept. */
  static byte[] retention() {
    return new byte[] {RETENTION};
  }

  byte[] attribute(MailboxId mailboxOrZeros, String key) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return put(start(ATTRIBUTE, MailboxId.BYTES + name.length), mailboxOrZeros).put(name).array();
  }

  byte[] signatures(RecordId message) {
    byte[] id = message.toBytes();
    return start(SIGNATURES, id.length).put(id).array();
  }

  private static ByteBuffer put(ByteBuffer to, MailboxId id) {
    return to.putLong(id.high()).putLong(id.low());
  }

  private static ByteBuffer put(ByteBuffer to, ItemId id) {
    return to.putLong(id.high()).putLong(id.low());
  }

  /** The item whose id ends a key. */
  static ItemId lastItem(byte[] key) {
    return ItemId.readFrom(ByteBuffer.wrap(key, key.length - ItemId.BYTES, ItemId.BYTES));
  }

  /** The message whose id ends a key of a row of signatures. */
  static RecordId lastRecord(byte[] key) {
    return RecordId.readFrom(ByteBuffer.wrap(key, key.length - 32, 32));
  }

  /** The UID that ends a key of a UID row. */
  static long lastUid(byte[] key) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt(key.length - Integer.BYTES));
  }

  /** The number in the key of a row of a UIDVALIDITY, which a mailbox ends. */
  long validityOf(byte[] key) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt(restOffset()));
  }

  /** The mailbox whose id ends a key. */
  static MailboxId lastMailbox(byte[] key) {
    return MailboxId.readFrom(ByteBuffer.wrap(key, key.length - MailboxId.BYTES, MailboxId.BYTES));
  }

  /** The origin that ends a key of a row of seen changes. */
  static long lastOrigin(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  /** The millisecond at which the item of a bin row was expunged. */
  static long binMillis(byte[] key) {
    int start = key.length - ItemId.BYTES - 2 * Long.BYTES;
    return Stamp.millisOf(ByteBuffer.wrap(key).getLong(start));
  }

  /** The mailbox whose id follows the account in a key. */
  MailboxId mailboxOf(byte[] key) {
    return MailboxId.readFrom(ByteBuffer.wrap(key, restOffset(), MailboxId.BYTES));
  }

  /** The name of the account in an account row's key. */
  static String accountOf(byte[] key) {
    return new String(Arrays.copyOfRange(key, 1, key.length - 1), StandardCharsets.UTF_8);
  }
}
