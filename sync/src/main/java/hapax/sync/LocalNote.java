package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.StoreFormatException;
import java.io.IOException;

/**
 * An entry of the log that is no change and is not handed on: what a store remembers of others, and
 * what it has done for itself alone. {@code doc/session.md}, {@code doc/bundle.md} and {@code
 * doc/merge.md} draw them.
 */
sealed interface LocalNote permits PeerNote, DebtNote, RetiredNote, HorizonNote, RetentionNote {
  /** The first byte of such entries, and of the keys in the log of those that name a peer. */
  int LOCAL = 0;

  /**
   * The first byte of the keys in the log of those about this store itself: the name of a peer,
   * which it may choose, follows the other, and notes of it are taken out of the log by ranges.
   */
  int OF_THIS_STORE = 1;

  /** Below the keys of all changes, which begin with the name of an account. */
  int AFTER_NOTES = 2;

  static boolean isLocal(byte[] entry) {
    return entry.length > 0 && entry[0] == LOCAL;
  }

  static LocalNote decode(byte[] entry) throws IOException {
    FieldReader from = new FieldReader("note", entry);
    from.octet("first byte");
    int kind = from.octet("kind");
    LocalNote note =
        switch (kind) {
          case PeerNote.KIND -> PeerNote.readFrom(from);
          case DebtNote.KIND -> DebtNote.readFrom(from);
          case RetiredNote.KIND -> RetiredNote.readFrom(from);
          case HorizonNote.KIND -> HorizonNote.readFrom(from);
          case RetentionNote.KIND -> RetentionNote.readFrom(from);
          default ->
              throw new StoreFormatException(
                  "the log has an entry of kind "
                      + kind
                      + "; a newer version of the program is needed");
        };
    from.end();
    return note;
  }

  byte[] encode();

  /** Where the log keeps it. */
  byte[] logKey();

  void fold(FoldRows rows) throws IOException;

  /** One line for people. */
  String text();
}
