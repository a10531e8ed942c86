package hapax.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An account as a whole: what all changes to it, as far as they are known, come to, and what this
 * store has forgotten of it.
 *
 * @param created the earliest creation; null until one is known
 * @param horizon milliseconds since 1970; what was expunged before can not be restored here
 */
record AccountState(@Nullable Stamp created, long horizon) {
  private static final int CREATED = 1;

  AccountState createdAt(Stamp stamp) {
    return created == null || stamp.compareTo(created) < 0
        ? new AccountState(stamp, horizon)
        : this;
  }

  AccountState withHorizon(long millis) {
    return millis > horizon ? new AccountState(created, millis) : this;
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter().octet(created == null ? 0 : CREATED);
    if (created != null) {
      to.stamp(created);
    }
    return to.varint(horizon).toBytes();
  }

  static AccountState decode(byte @Nullable [] row) throws IOException {
    if (row == null) {
      return new AccountState(null, 0);
    }
    FieldReader from = new FieldReader("row of an account", row);
    long marks = from.varint("marks", 0, CREATED);
    @Nullable Stamp created = marks == CREATED ? from.stamp("stamp of the creation") : null;
    AccountState account = new AccountState(created, from.varint("horizon"));
    from.end();
    return account;
  }
}
