package hapax.sync.session;

import java.io.InputStream;
import java.io.OutputStream;

/** One end of a line within this process. */
public final class PipeLine implements Line {
  private final Pipe incoming;
  private final Pipe outgoing;

  private PipeLine(Pipe incoming, Pipe outgoing) {
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  /** Both ends. */
  public record Pair(PipeLine one, PipeLine other) {}

  /** A line within this process. */
  public static Pair pair() {
    Pipe there = new Pipe();
    Pipe back = new Pipe();
    return new Pair(new PipeLine(back, there), new PipeLine(there, back));
  }

  @Override
  public InputStream in() {
    return incoming.in;
  }

  @Override
  public OutputStream out() {
    return outgoing.out;
  }

  @Override
  public void tear() {
    incoming.tear();
    outgoing.tear();
  }

  @Override
  public void close() {
    outgoing.end();
  }
}
