package hapax.blob;

import java.io.IOException;
import java.util.OptionalLong;

/** Who needs what: tells what the accounts of a store own, and of what size it is. */
public interface Ownership {
  /** The length of a blob's content; empty if the store has none. */
  OptionalLong length(BlobId id) throws IOException;

  /** Whether a blob's copy was found damaged, and not yet healed. */
  boolean isDamaged(BlobId id) throws IOException;

  /** Shows the names of a record's holders, ascending, until the visitor has enough. */
  void holders(RecordId id, HolderVisitor visitor) throws IOException;

  /** Shows the records that refer to a blob, until the visitor has enough. */
  void records(BlobId id, RecordVisitor visitor) throws IOException;

  /** Sees holders. */
  @FunctionalInterface
  interface HolderVisitor {
    /** Takes the 16 bytes of a holder's name; says whether to go on. */
    boolean holder(byte[] name) throws IOException;
  }

  /** Sees records. */
  @FunctionalInterface
  interface RecordVisitor {
    /** Takes a record; says whether to go on. */
    boolean record(RecordId id) throws IOException;
  }
}
