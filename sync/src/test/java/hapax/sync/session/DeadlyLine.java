package hapax.sync.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** Carries bytes between two processes, and kills one of them when so many have passed. */
final class DeadlyLine {
  private final Process caller;
  private final Process answerer;
  private final Process victim;
  private long left;

  /**
   * A line.
   *
   * @param bytes after how many bytes, both ways, the victim is killed; if so many do not come, it
   *     is killed when the other side has said its last
   */
  DeadlyLine(Process caller, Process answerer, Process victim, long bytes) {
    this.caller = caller;
    this.answerer = answerer;
    this.victim = victim;
    this.left = bytes;
  }

  /** Runs until both have ended; says whether the victim was killed before it had ended. */
  boolean run() throws IOException {
    Thread back = new Thread(() -> carry(answerer, caller), "line-back");
    back.start();
    carry(caller, answerer);
    try {
      back.join();
      for (Process side : new Process[] {caller, answerer}) {
        if (!side.waitFor(60, TimeUnit.SECONDS)) {
          throw new IOException(
              "the " + (side == caller ? "caller" : "answerer") + " does not end");
        }
      }
    } catch (InterruptedException stop) {
      throw new IOException("interrupted", stop);
    }
    return victim.exitValue() == 128 + 9;
  }

  private void carry(Process from, Process to) {
    byte[] chunk = new byte[4096];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, passing(n));
        out.flush();
      }
    } catch (IOException gone) {
      // One of the two is dead: that is what the line is for.
      return;
    } finally {
      if (from != victim) {
        victim.destroyForcibly();
      }
    }
  }

  /** How many of these bytes still pass. */
  private synchronized int passing(int bytes) {
    int pass = (int) Math.min(left, bytes);
    left -= pass;
    if (left == 0) {
      victim.destroyForcibly();
    }
    return pass;
  }
}
