package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** A message held in memory. */
final class ArraySource implements ByteSource {
  private final byte[] array;
  private final int length;

  ArraySource(byte[] array, int length) {
    Objects.checkFromToIndex(0, length, array.length);
    this.array = array;
    this.length = length;
  }

  /** The array itself, for reading only. */
  byte[] array() {
    return array;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void copyTo(long from, long to, OutputStream sink) throws IOException {
    Objects.checkFromToIndex(from, to, (long) length);
    sink.write(array, (int) from, (int) (to - from));
  }
}
