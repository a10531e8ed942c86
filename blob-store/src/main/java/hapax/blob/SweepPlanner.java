package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what nobody needs in one ordered scan over the rows of records and one over those of blobs.
 * It holds eight bytes for each dead record: where two ids share these, a blob may be taken for
 * dead or alive wrongly. That matters little to a plan; execution looks again at each.
 */
final class SweepPlanner {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final StoreParts parts;
  private final SweepMargins margins;
  private final IdPrefixes deadRecords = new IdPrefixes();
  private final Map<Integer, Long> deadBytes = new HashMap<>();
  private final List<Found> listed = new ArrayList<>();
  private long blobs;
  private long records;

  SweepPlanner(StoreParts parts, SweepMargins margins) {
    this.parts = parts;
    this.margins = margins;
  }

  /** One of the dead, before it is known which packs go. */
  private record Found(String what, String id, long bytes, String reason, Set<Integer> packs) {}

  SweepPlan plan() throws IOException {
    scan(Rows.RECORD, new RecordPass());
    scan(Rows.BLOB, new BlobPass());
    List<SweepPlan.Pack> packs = packs();
    Set<Integer> going = new java.util.HashSet<>();
    packs.stream().filter(SweepPlan.Pack::goes).forEach(pack -> going.add(pack.number()));
    List<SweepPlan.Dead> dead =
        listed.stream()
            .map(
                found ->
                    new SweepPlan.Dead(
                        found.what,
                        found.id,
                        found.bytes,
                        found.reason,
                        found.packs.stream().anyMatch(going::contains)))
            .toList();
    return new SweepPlan(margins, packs, blobs, records, dead);
  }

  private void scan(byte space, Pass pass) throws IOException {
    byte[] prefix = {space};
    parts.rows().scan(prefix, Rows.after(prefix), pass);
    pass.finish();
  }

  private List<SweepPlan.Pack> packs() throws IOException {
    Set<Integer> withHidden = new PackRows(parts.rows()).withHidden();
    List<SweepPlan.Pack> packs = new ArrayList<>();
    for (int number : parts.place().numbers()) {
      long bytes = sizeOf(number);
      long dead = Math.min(bytes, deadBytes.getOrDefault(number, 0L));
      boolean hidden = withHidden.contains(number);
      packs.add(
          new SweepPlan.Pack(
              number,
              parts.place().name(number),
              bytes,
              dead,
              hidden,
              hidden || margins.exceededBy(dead, bytes)));
    }
    return packs;
  }

  private long sizeOf(int number) throws IOException {
    try (DiskFile file = parts.place().read(number)) {
      return file.size();
    }
  }

  private void found(String what, String id, long bytes, String reason, Set<Integer> packs) {
    packs.forEach(pack -> deadBytes.merge(pack, bytes / packs.size(), Long::sum));
    if (listed.size() < SweepPlan.MAX_LISTED) {
      listed.add(new Found(what, id, bytes, reason, packs));
    }
  }

  /** Sees rows of a thing, each followed by the rows below it. */
  private abstract static class Pass implements RowReader.Visitor {
    private byte @Nullable [] key;
    private byte @Nullable [] value;

    @Override
    public final boolean row(byte[] rowKey, byte[] rowValue) throws IOException {
      if (rowKey.length == ID_KEY) {
        finish();
        key = rowKey;
        value = rowValue;
      } else if (key != null && java.util.Arrays.equals(key, 0, ID_KEY, rowKey, 0, ID_KEY)) {
        below(rowKey);
      }
      return true;
    }

    final void finish() throws IOException {
      byte[] lastKey = key;
      byte[] lastValue = value;
      if (lastKey != null && lastValue != null) {
        end(lastKey, lastValue);
      }
      key = null;
    }

    abstract void below(byte[] rowKey);

    abstract void end(byte[] rowKey, byte[] rowValue) throws IOException;
  }

  private final class RecordPass extends Pass {
    private boolean held;

    @Override
    void below(byte[] key) {
      held = true;
    }

    @Override
    void end(byte[] key, byte[] value) throws IOException {
      if (!held) {
        Rows.RecordRow row = Rows.readRecord(key, value);
        records++;
        deadRecords.add(key, 1);
        String id = RecordId.readFrom(ByteBuffer.wrap(key, 1, Id32.BYTES)).toString();
        found("record", id, row.storedBytes(), "nobody holds it", Set.of(row.place().pack()));
      }
      held = false;
    }
  }

  private final class BlobPass extends Pass {
    private long references;
    private boolean needed;

    @Override
    void below(byte[] key) {
      references++;
      needed |= !deadRecords.contains(key, ID_KEY);
    }

    @Override
    void end(byte[] key, byte[] value) throws IOException {
      if (!needed) {
        Rows.BlobRow row = Rows.readBlob(key, value);
        blobs++;
        String id = BlobId.readFrom(ByteBuffer.wrap(key, 1, Id32.BYTES)).toString();
        found("blob", id, row.storedBytes(), reason(), Rows.packsOf(row));
      }
      references = 0;
      needed = false;
    }

    private String reason() {
      return references == 0
          ? "no record refers to it"
          : "only dead records refer to it: " + references;
    }
  }
}
