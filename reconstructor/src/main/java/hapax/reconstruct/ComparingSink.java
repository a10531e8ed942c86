package hapax.reconstruct;

import java.io.OutputStream;
import java.util.Arrays;

/** Compares what is written to it with a message held in memory; notes the first difference. */
final class ComparingSink extends OutputStream {
  private final byte[] expected;
  private final int length;
  private int position;
  private boolean equal = true;

  ComparingSink(byte[] expected, int length) {
    this.expected = expected;
    this.length = length;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    equal =
        equal
            && count <= length - position
            && Arrays.equals(bytes, offset, offset + count, expected, position, position + count);
    position += equal ? count : 0;
  }

  /** Whether exactly the expected bytes came. */
  boolean isEqual() {
    return equal && position == length;
  }
}
