package hapax.sync.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * Bytes from one thread to another, a bounded number at a time: the in-process twin of one
 * direction of a line.
 */
final class Pipe {
  private final byte[] ring = new byte[512 << 10];
  private int start;
  private int count;
  private boolean ended;
  private boolean torn;

  final InputStream in =
      new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
          return take(to, offset, length);
        }

        @Override
        public int available() {
          return waiting();
        }
      };

  final OutputStream out =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
          for (int done = 0; done < length; ) {
            done += put(from, offset + done, length - done);
          }
        }

        @Override
        public void close() {
          end();
        }
      };

  private synchronized int waiting() {
    return count;
  }

  private synchronized int take(byte[] to, int offset, int length) throws IOException {
    await(() -> count > 0 || ended);
    if (count == 0 && torn) {
      throw new IOException("the line was torn");
    }
    if (count == 0) {
      return -1;
    }
    int n = Math.min(Math.min(length, count), ring.length - start);
    System.arraycopy(ring, start, to, offset, n);
    start = (start + n) % ring.length;
    count -= n;
    notifyAll();
    return n;
  }

  private synchronized int put(byte[] from, int offset, int length) throws IOException {
    await(() -> count < ring.length || ended);
    if (ended || torn) {
      throw new IOException("the line was torn");
    }
    int at = (start + count) % ring.length;
    int n = Math.min(Math.min(length, ring.length - count), ring.length - at);
    System.arraycopy(from, offset, ring, at, n);
    count += n;
    notifyAll();
    return n;
  }

  private synchronized void await(BooleanSupplier ready) throws IOException {
    try {
      while (!ready.getAsBoolean() && !torn) {
        wait();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  /** No more bytes will be written. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Neither side can go on. */
  synchronized void tear() {
    torn = true;
    notifyAll();
  }
}
