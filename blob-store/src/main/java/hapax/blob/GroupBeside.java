package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The group of the record that was read last. A record's small blobs mostly came just before it,
 * and what stands in a group that was read whole needs no row to be found; unless a later copy may
 * hide it, which is asked once for each group: what is healed after that is seen with the next.
 */
final class GroupBeside {
  private final RowReader rows;
  private @Nullable Group group;
  private int pack;
  private boolean asked;
  private boolean hidden;

  GroupBeside(RowReader rows) {
    this.rows = rows;
  }

  /** A record of {@code found} was read, which is in {@code pack}. */
  void is(Group found, int inPack) {
    if (found != group) {
      group = found;
      pack = inPack;
      asked = false;
    }
  }

  /** Others take the place of a group's bytes. */
  void forget(Group gone) {
    group = group == gone ? null : group;
  }

  /** The content of a small blob, not copied; null if its row must be asked. */
  @Nullable ByteBuffer blob(BlobId id, long length) throws IOException {
    ByteBuffer content = group == null ? null : group.blob(id);
    return content == null || content.remaining() != length || mayBeHidden() ? null : content;
  }

  private boolean mayBeHidden() throws IOException {
    if (!asked) {
      hidden = PackRows.hasHidden(rows, pack);
      asked = true;
    }
    return hidden;
  }
}
