package hapax.sync;

import hapax.blob.StoreFormatException;
import java.io.IOException;

/**
 * A body that a newer program wrote and that this one may pass over: it stays in the log and makes
 * no rows.
 *
 * @param length how many bytes it has
 */
record UnknownBody(int code, int length) implements Body {
  /**
   * What a sweep wrote before each store forgot for itself. It says nothing any more; the next
   * sweep says for this store what it said for all.
   */
  static final int HORIZON_OF_ALL = 0x02;

  static UnknownBody readFrom(int code, FieldReader from) throws IOException {
    if (code < FIRST_OPTIONAL && code != HORIZON_OF_ALL) {
      throw new StoreFormatException(
          String.format(
              "a change has a body of kind 0x%02x, which this version does not know and may not"
                  + " pass over; a newer version of the program is needed",
              code));
    }
    return new UnknownBody(code, from.skipRest());
  }

  @Override
  public void writeTo(FieldWriter to) {
    throw new UnsupportedOperationException("what is not known can only be handed on as it came");
  }
}
