package hapax.sync;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attribute's value, since when.
 *
 * @param value empty if it was removed
 */
record Attribute(Stamp stamp, Optional<String> value) {
  private static final Comparator<Attribute> LATER =
      Comparator.comparing(Attribute::stamp).thenComparing(a -> a.value().orElse(""));

  /** Stands for the account where the id of a mailbox is asked for. */
  static final MailboxId OF_ACCOUNT = new MailboxId(0, 0);

  boolean laterThan(Attribute other) {
    return LATER.compare(this, other) > 0;
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter().stamp(stamp).octet(value.isPresent() ? 1 : 0);
    value.ifPresent(to::text);
    return to.toBytes();
  }

  /** The row with those bytes; null if there is none. */
  static @Nullable Attribute decode(byte @Nullable [] row) throws IOException {
    if (row == null) {
      return null;
    }
    FieldReader from = new FieldReader("row of an attribute", row);
    Stamp stamp = from.stamp("stamp");
    boolean present = from.varint("presence of a value", 0, 1) == 1;
    Optional<String> value = present ? Optional.of(from.text("value")) : Optional.empty();
    from.end();
    return new Attribute(stamp, value);
  }
}
