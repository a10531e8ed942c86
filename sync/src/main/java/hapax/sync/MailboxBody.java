package hapax.sync;

import java.io.IOException;

/** What a change says about a mailbox. */
sealed interface MailboxBody extends Body {
  /** The highest UID and UIDVALIDITY: 32 bits (RFC 9051, 2.3.1.1). */
  long MAX_NUMBER = 0xFFFF_FFFFL;

  MailboxId mailbox();

  /** Gives the mailbox a UIDVALIDITY. */
  sealed interface Numbering extends MailboxBody {
    long uidValidity();
  }

  /** The mailbox is there, under a name. */
  record Created(MailboxId mailbox, String name, long uidValidity) implements Numbering {
    static final int CODE = 0x10;

    public Created {
      name = Names.mailbox(name);
    }

    static Created readFrom(FieldReader from) throws IOException {
      return new Created(
          from.mailbox("mailbox"), from.text("name"), from.varint("UIDVALIDITY", 1, MAX_NUMBER));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.mailbox(mailbox).text(name).varint(uidValidity);
    }
  }

  /** The mailbox has another name. */
  record Renamed(MailboxId mailbox, String name) implements MailboxBody {
    static final int CODE = 0x11;

    public Renamed {
      name = Names.mailbox(name);
    }

    static Renamed readFrom(FieldReader from) throws IOException {
      return new Renamed(from.mailbox("mailbox"), from.text("name"));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.mailbox(mailbox).text(name);
    }
  }

  /** The mailbox is gone, unless it has items; those in it were expunged by changes before. */
  record Deleted(MailboxId mailbox) implements MailboxBody {
    static final int CODE = 0x12;

    static Deleted readFrom(FieldReader from) throws IOException {
      return new Deleted(from.mailbox("mailbox"));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.mailbox(mailbox);
    }
  }

  /** The mailbox is subscribed, or no longer. */
  record Subscribed(MailboxId mailbox, boolean subscribed) implements MailboxBody {
    static final int CODE = 0x13;

    static Subscribed readFrom(FieldReader from) throws IOException {
      return new Subscribed(from.mailbox("mailbox"), from.varint("whether subscribed", 0, 1) == 1);
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.mailbox(mailbox).octet(subscribed ? 1 : 0);
    }
  }

  /** The mailbox has another UIDVALIDITY: nothing that clients know of its UIDs holds any more. */
  record Renumbered(MailboxId mailbox, long uidValidity) implements Numbering {
    static final int CODE = 0x14;

    static Renumbered readFrom(FieldReader from) throws IOException {
      return new Renumbered(from.mailbox("mailbox"), from.varint("UIDVALIDITY", 1, MAX_NUMBER));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.mailbox(mailbox).varint(uidValidity);
    }
  }
}
