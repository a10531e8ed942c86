package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the rows that are a function of the packs, those of two catalogs, in order. */
final class RowComparison {
  private static final byte[] COMPARED = {Rows.BLOB, Rows.LOG, Rows.RECORD, Rows.UPPER};

  private final CheckFindings findings;

  RowComparison(CheckFindings findings) {
    this.findings = findings;
  }

  void compare(RowReader expected, RowReader found) throws IOException {
    for (byte space : COMPARED) {
      compare(new Cursor(expected, space), new Cursor(found, space));
    }
  }

  private void compare(Cursor expected, Cursor found) throws IOException {
    Row want = expected.next();
    Row have = found.next();
    while (want != null || have != null) {
      int order = order(want, have);
      if (order < 0) {
        report(want, null);
        want = expected.next();
      } else if (order > 0) {
        report(null, have);
        have = found.next();
      } else {
        if (want != null && have != null && !Arrays.equals(want.value, have.value)) {
          report(want, have);
        }
        want = expected.next();
        have = found.next();
      }
    }
  }

  private static int order(@Nullable Row a, @Nullable Row b) {
    if (a == null || b == null) {
      return a == null ? 1 : -1;
    }
    return Arrays.compareUnsigned(a.key, b.key);
  }

  private void report(@Nullable Row want, @Nullable Row have) {
    Row one = want != null ? want : have;
    if (one != null) {
      findings.add(new Finding.WrongRow(hex(one.key), valueOf(want), valueOf(have)));
    }
  }

  private static String valueOf(@Nullable Row row) {
    return row == null ? "nothing" : "'" + hex(row.value) + "'";
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by their bytes
  private record Row(byte[] key, byte[] value) {}

  /** Pulls rows of one kind, some at a time. */
  private static final class Cursor {
    private static final int AT_ONCE = 1_000;

    private final RowReader rows;
    private final byte[] end;
    private final List<Row> ready = new ArrayList<>();
    private byte @Nullable [] from;
    private int next;

    Cursor(RowReader rows, byte space) {
      this.rows = rows;
      this.from = new byte[] {space};
      this.end = Rows.after(new byte[] {space});
    }

    @Nullable Row next() throws IOException {
      if (next == ready.size() && from != null) {
        fill(from);
      }
      return next < ready.size() ? ready.get(next++) : null;
    }

    private void fill(byte[] begin) throws IOException {
      ready.clear();
      next = 0;
      rows.scan(
          begin,
          end,
          (key, value) -> {
            ready.add(new Row(key, value));
            return ready.size() < AT_ONCE;
          });
      // The least key after the last one is that one and a zero.
      from =
          ready.size() < AT_ONCE
              ? null
              : Arrays.copyOf(ready.get(AT_ONCE - 1).key, ready.get(AT_ONCE - 1).key.length + 1);
    }
  }
}
