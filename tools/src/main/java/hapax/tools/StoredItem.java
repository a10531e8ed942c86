package hapax.tools;

import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
import hapax.sync.Account;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message to be checked.
 *
 * @param at where its record lies in the packs, if known
 * @param accounts those that may have a record of its signatures; none if it is known that none has
 * @param place where one meets it first, in words: most messages are never told of
 */
record StoredItem(RecordId id, @Nullable RecordPlace at, List<Account> accounts, Place place) {
  /** Where a message is. */
  @FunctionalInterface
  interface Place {
    /** In words; the index may have to be read for it. */
    String text() throws IOException;
  }

  /** Whether the other's record is known to lie in the same group. */
  boolean isBeside(StoredItem that) {
    return at != null && that.at != null && at.isBeside(that.at);
  }
}
