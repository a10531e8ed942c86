package hapax.sync.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A line to a started command, over its standard input and output. */
public final class ProcessLine implements Line {
  private static final long GRACE_SECONDS = 10;

  private final Process process;
  private final String name;

  private ProcessLine(Process process, String name) {
    this.process = process;
    this.name = name;
  }

  /** Starts a command, which speaks to the user through our standard error. */
  public static ProcessLine start(List<String> words) throws IOException {
    ProcessBuilder command = new ProcessBuilder(words);
    command.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ProcessLine(command.start(), words.get(0));
  }

  @Override
  public InputStream in() {
    return process.getInputStream();
  }

  @Override
  public OutputStream out() {
    return process.getOutputStream();
  }

  @Override
  public void tear() {
    process.destroy();
  }

  @Override
  public void close() throws IOException {
    try (OutputStream end = process.getOutputStream()) {
      end.flush();
    } catch (IOException gone) {
      // It has ended by itself; its exit code says whether that was right.
      awaitEnd();
      return;
    }
    awaitEnd();
  }

  private void awaitEnd() throws IOException {
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(name + " does not end");
      }
      if (process.exitValue() != 0 && process.exitValue() != PARTLY) {
        throw new IOException(name + " failed with exit code " + process.exitValue());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  /** The exit code of a command that did its work in part and has said so. */
  private static final int PARTLY = 3;
}
