package hapax.sync;

import hapax.blob.FoldRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * This store has forgotten what was expunged from an account before a moment: such items can not be
 * restored here, and hold nothing. An entry of the log that is not handed on, so no other store can
 * make this one forget; {@code doc/merge.md} draws it.
 *
 * @param account the account
 * @param millis the moment, milliseconds since 1970
 */
record HorizonNote(String account, long millis) implements LocalNote {
  static final int KIND = 4;
  static final long MAX_MILLIS = -1L >>> Stamp.COUNTER_BITS;

  private static final int FORGOTTEN_AT_ONCE = 1000;

  static HorizonNote readFrom(FieldReader from) throws IOException {
    return new HorizonNote(
        from.text("account"), from.varint("moment of the horizon", 0, MAX_MILLIS));
  }

  @Override
  public byte[] encode() {
    return new FieldWriter().octet(LOCAL).octet(KIND).text(account).varint(millis).toBytes();
  }

  /** After those of the notes that it makes void. */
  @Override
  public byte[] logKey() {
    return key(millis);
  }

  private byte[] key(long moment) {
    byte[] name = account.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 + name.length + Long.BYTES)
        .put((byte) OF_THIS_STORE)
        .put((byte) KIND)
        .put(name)
        .put((byte) 0)
        .putLong(moment)
        .array();
  }

  /** The latest moment counts; so the order of notes, and of what they forget, does not matter. */
  @Override
  public void fold(FoldRows rows) throws IOException {
    Keys keys = new Keys(account);
    long before = AccountState.decode(rows.get(keys.account())).horizon();
    if (millis > before) {
      forget(before, keys, rows);
      // Last, and read anew: until then the note counts as not folded, and is folded again.
      AccountState state = AccountState.decode(rows.get(keys.account()));
      rows.put(keys.account(), state.withHorizon(millis).encode());
    }
    rows.forgetLog(key(0), logKey());
  }

  /**
   * Forgets, some at a time, what was expunged since the horizon before; any number of items may
   * be. Who is forgotten is in the bin no more, so it can be done again from the start.
   */
  private void forget(long before, Keys keys, FoldRows rows) throws IOException {
    ItemFold items = new ItemFold(keys, rows);
    List<byte[]> some = new ArrayList<>();
    byte[] start = keys.first(Keys.BIN);
    do {
      some.clear();
      rows.scan(
          start,
          keys.binFrom(millis),
          (key, value) -> {
            some.add(key);
            return some.size() < FORGOTTEN_AT_ONCE;
          });
      for (byte[] key : some) {
        items.forget(Keys.lastItem(key), before, millis);
        start = Arrays.copyOf(key, key.length + 1);
      }
      rows.relieve();
    } while (some.size() == FORGOTTEN_AT_ONCE);
  }

  @Override
  public String text() {
    return "account "
        + account
        + ": what was expunged before "
        + Instant.ofEpochMilli(millis)
        + " is forgotten here";
  }
}
