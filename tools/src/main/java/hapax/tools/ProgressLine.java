package hapax.tools;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One line on a terminal that says how far the work is, how fast it goes, and how long still. */
final class ProgressLine implements AutoCloseable {
  private static final long PAUSE = 200_000_000;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream terminal;
  private final boolean shown;
  private final long start = System.nanoTime();
  private final AtomicLong next = new AtomicLong(start + PAUSE);

  /** A line on {@code terminal}, or nowhere if not {@code shown}. */
  ProgressLine(PrintStream terminal, boolean shown) {
    this.terminal = terminal;
    this.shown = shown;
  }

  /** Whether anybody sees it. */
  boolean isShown() {
    return shown;
  }

  /** Takes what many threads say; writes a few times a second. */
  void done(long messages, long bytes, long expected) {
    if (!shown) {
      return;
    }
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
      terminal.print(CLEAR_LINE + line(messages, bytes, expected, now - start));
      terminal.flush();
    }
  }

  static String line(long messages, long bytes, long expected, long nanos) {
    double seconds = nanos / 1e9;
    StringBuilder line = new StringBuilder(Text.count(messages));
    if (expected > 0) {
      line.append(" of ").append(Text.count(expected));
    }
    line.append(" messages, ").append(Text.bytes(bytes));
    line.append(String.format(Locale.ROOT, ", %.0f MB/s", bytes / 1e6 / seconds));
    if (expected > messages && messages > 0) {
      long left = (long) (nanos * ((double) (expected - messages) / messages));
      line.append(", ").append(Text.duration(Duration.ofNanos(left))).append(" left");
    }
    return line.toString();
  }

  @Override
  public void close() {
    if (shown) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
