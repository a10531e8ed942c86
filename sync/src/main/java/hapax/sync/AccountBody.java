package hapax.sync;

import hapax.blob.RecordId;
import java.io.IOException;
import java.util.Optional;

/** What a change says about an account as a whole. */
sealed interface AccountBody extends Body {
  /** The account is there. */
  record Created() implements AccountBody {
    static final int CODE = 0x01;

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {}
  }

  /**
   * The signatures of a message were checked when it arrived.
   *
   * @param record what was found, and the keys, as {@link
   *     hapax.reconstruct.signature.SignatureRecord} writes it
   */
  record SignaturesRecorded(RecordId message, String record) implements AccountBody {
    static final int CODE = FIRST_OPTIONAL;

    static SignaturesRecorded readFrom(FieldReader from) throws IOException {
      return new SignaturesRecorded(from.record("message"), from.text("record of signatures"));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.record(message).text(record);
    }
  }

  /**
   * Changes of this origin are no longer in the log, because they say nothing that others do not
   * say, too: the one of this number and those before it. It is not made by the origin, but by
   * whoever trims; it has number and stamp of the last one that it stands for.
   *
   * @param count how many
   */
  record Trimmed(long count) implements AccountBody {
    static final int CODE = 0x04;

    static Trimmed readFrom(FieldReader from) throws IOException {
      return new Trimmed(from.varint("number of changes", 1, Long.MAX_VALUE));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.varint(count);
    }
  }

  /**
   * An attribute has a value, or none any more.
   *
   * @param mailbox the mailbox that it belongs to; empty for the account
   * @param key its name
   */
  record AttributeSet(Optional<MailboxId> mailbox, String key, Optional<String> value)
      implements AccountBody {
    static final int CODE = 0x03;
    static final int MAX_KEY_BYTES = 255;
    private static final int OF_MAILBOX = 1;
    private static final int HAS_VALUE = 2;

    public AttributeSet {
      Names.check("attribute", key, MAX_KEY_BYTES);
    }

    static AttributeSet readFrom(FieldReader from) throws IOException {
      long marks = from.varint("marks of the attribute", 0, OF_MAILBOX | HAS_VALUE);
      return new AttributeSet(
          (marks & OF_MAILBOX) == 0 ? Optional.empty() : Optional.of(from.mailbox("mailbox")),
          from.text("key"),
          (marks & HAS_VALUE) == 0 ? Optional.empty() : Optional.of(from.text("value")));
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public void writeTo(FieldWriter to) {
      to.octet((mailbox.isPresent() ? OF_MAILBOX : 0) | (value.isPresent() ? HAS_VALUE : 0));
      mailbox.ifPresent(to::mailbox);
      to.text(key);
      value.ifPresent(to::text);
    }
  }
}
