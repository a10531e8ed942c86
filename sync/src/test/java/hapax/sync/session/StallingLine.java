package hapax.sync.session;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** A line on which, after so many bytes have gone out, none go until it moves again or is torn. */
final class StallingLine implements Line {
  private final Line line;
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch moves = new CountDownLatch(1);
  private long left;

  StallingLine(Line line, long bytes) {
    this.line = line;
    this.left = bytes;
  }

  /** Waits until nothing goes any more. */
  void awaitStall() throws IOException {
    await(stalled);
  }

  void move() {
    moves.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new IOException("interrupted", stop);
    }
  }

  @Override
  public InputStream in() {
    return line.in();
  }

  @Override
  public OutputStream out() {
    return new FilterOutputStream(line.out()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int n = (int) Math.min(left, length);
        out.write(bytes, offset, n);
        left -= n;
        if (n < length) {
          out.flush();
          stalled.countDown();
          StallingLine.await(moves);
          left = Long.MAX_VALUE;
          out.write(bytes, offset + n, length - n);
        }
      }
    };
  }

  @Override
  public void tear() {
    line.tear();
    move();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
