package hapax.sync;

import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What all changes to one mailbox, as far as they are known, come to. Of each field the latest
 * wins, but UIDVALIDITY, of which the highest does.
 */
final class MailboxState {
  private static final int CREATED = 1;
  private static final int NAMED = 2;
  private static final int DELETED = 4;
  private static final int SUBSCRIPTION = 8;
  private static final int SUBSCRIBED = 16;
  private static final int NUMBERED = 32;
  private static final Comparator<Named> LATER =
      Comparator.comparing(Named::stamp).thenComparing(Named::name);

  private static final Comparator<Subscription> LATER_SUBSCRIPTION =
      Comparator.comparing(Subscription::stamp).thenComparing(Subscription::subscribed);

  private @Nullable Stamp created;
  private long uidValidity;
  private @Nullable Named named;
  private @Nullable Stamp deleted;
  private @Nullable Subscription subscription;

  /** A name, since when. */
  record Named(Stamp stamp, String name) {}

  private record Subscription(Stamp stamp, boolean subscribed) {}

  void join(Stamp stamp, MailboxBody body) {
    if (body instanceof MailboxBody.Numbering given) {
      uidValidity = Math.max(uidValidity, given.uidValidity());
    }
    if (body instanceof MailboxBody.Created creation) {
      created = later(created, stamp);
      join(new Named(stamp, creation.name()));
    } else if (body instanceof MailboxBody.Renamed renaming) {
      join(new Named(stamp, renaming.name()));
    } else if (body instanceof MailboxBody.Deleted) {
      deleted = later(deleted, stamp);
    } else if (body instanceof MailboxBody.Subscribed change) {
      join(new Subscription(stamp, change.subscribed()));
    }
  }

  private void join(Named other) {
    if (named == null || LATER.compare(other, named) > 0) {
      named = other;
    }
  }

  private void join(Subscription other) {
    if (subscription == null || LATER_SUBSCRIPTION.compare(other, subscription) > 0) {
      subscription = other;
    }
  }

  private static Stamp later(@Nullable Stamp a, Stamp b) {
    return a == null || b.compareTo(a) > 0 ? b : a;
  }

  /**
   * Whether a change that was joined decides a field. One that gives a UIDVALIDITY always does:
   * which a mailbox had is never forgotten.
   */
  boolean isDecidedBy(Stamp stamp, MailboxBody body) {
    if (body instanceof MailboxBody.Numbering) {
      return true;
    } else if (body instanceof MailboxBody.Renamed) {
      return named != null && stamp.equals(named.stamp());
    } else if (body instanceof MailboxBody.Deleted) {
      return stamp.equals(deleted);
    }
    return subscription != null && stamp.equals(subscription.stamp());
  }

  /** The latest creation; null until one is known. */
  @Nullable Stamp created() {
    return created;
  }

  /** The name that it was given last; null until that is known. */
  @Nullable Named named() {
    return named;
  }

  long uidValidity() {
    return uidValidity;
  }

  boolean subscribed() {
    return subscription != null && subscription.subscribed();
  }

  /** Whether a mailbox of so many items is there: a deleted one lives on while it has some. */
  boolean there(long items) {
    return created != null && (deleted == null || created.compareTo(deleted) > 0 || items > 0);
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter();
    to.octet(marks());
    if (created != null) {
      to.stamp(created);
    }
    if (uidValidity > 0) {
      to.varint(uidValidity);
    }
    if (named != null) {
      to.stamp(named.stamp()).text(named.name());
    }
    if (deleted != null) {
      to.stamp(deleted);
    }
    if (subscription != null) {
      to.stamp(subscription.stamp());
    }
    return to.toBytes();
  }

  private int marks() {
    return (created == null ? 0 : CREATED)
        | (named == null ? 0 : NAMED)
        | (deleted == null ? 0 : DELETED)
        | (subscription == null ? 0 : SUBSCRIPTION)
        | (subscribed() ? SUBSCRIBED : 0)
        | (uidValidity > 0 ? NUMBERED : 0);
  }

  static MailboxState decode(byte @Nullable [] row) throws IOException {
    MailboxState mailbox = new MailboxState();
    if (row == null) {
      return mailbox;
    }
    FieldReader from = new FieldReader("row of a mailbox", row);
    long marks = from.varint("marks", 0, 2 * NUMBERED - 1);
    if ((marks & CREATED) != 0) {
      mailbox.created = from.stamp("stamp of the creation");
    }
    if ((marks & NUMBERED) != 0) {
      mailbox.uidValidity = from.varint("UIDVALIDITY", 1, MailboxBody.MAX_NUMBER);
    }
    if ((marks & NAMED) != 0) {
      mailbox.named = new Named(from.stamp("stamp of the name"), from.text("name"));
    }
    if ((marks & DELETED) != 0) {
      mailbox.deleted = from.stamp("stamp of the deletion");
    }
    if ((marks & SUBSCRIPTION) != 0) {
      boolean subscribed = (marks & SUBSCRIBED) != 0;
      mailbox.subscription = new Subscription(from.stamp("stamp of the subscription"), subscribed);
    }
    from.end();
    return mailbox;
  }
}
