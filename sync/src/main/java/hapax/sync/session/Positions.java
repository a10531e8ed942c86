package hapax.sync.session;

import hapax.sync.FieldReader;
import hapax.sync.FieldWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** What a receiver wants of a batch, as positions in what the batch speaks of. */
record Positions(long batch, int stage, BitSet wanted) {
  /** Messages offered without their records, and then the blobs of the records that came. */
  static final int FIRST = 0;

  /** Blobs of the records that were wanted. */
  static final int SECOND = 1;

  FieldWriter encode() {
    return new FieldWriter().varint(batch).octet(stage).raw(wanted.toByteArray());
  }

  /** Reads positions; whether there is so much is for the {@link Offer} to say. */
  static Positions decode(FieldReader from) throws IOException {
    long batch = from.varint("batch", 1, Long.MAX_VALUE);
    int stage = from.octet("stage");
    if (stage > SECOND) {
      throw from.fault(from.position() - 1, "stage 0 or 1", stage + "");
    }
    ByteBuffer rest = from.rest();
    return new Positions(batch, stage, BitSet.valueOf(rest));
  }
}
