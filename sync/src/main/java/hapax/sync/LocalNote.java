package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.StoreFormatException;
import java.io.IOException;

/**
 * An entry of the log that is no change and is not handed on: what a store remembers of others.
 * {@code doc/session.md} and {@code doc/bundle.md} draw them.
 */
sealed interface LocalNote permits PeerNote, DebtNote, RetiredNote {
  /** The first byte of such entries, and of their keys in the log. */
  int LOCAL = 0;

  static boolean isLocal(byte[] entry) {
    return entry.length > 0 && entry[0] == LOCAL;
  }

  static LocalNote decode(byte[] entry) throws IOException {
    FieldReader from = new FieldReader("note of a peer", entry);
    from.octet("first byte");
    int kind = from.octet("kind");
    LocalNote note =
        switch (kind) {
          case PeerNote.KIND -> PeerNote.readFrom(from);
          case DebtNote.KIND -> DebtNote.readFrom(from);
          case RetiredNote.KIND -> RetiredNote.readFrom(from);
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
