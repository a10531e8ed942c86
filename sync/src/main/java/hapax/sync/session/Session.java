package hapax.sync.session;

import hapax.sync.FieldReader;
import hapax.sync.FieldWriter;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One side of an exchange between two stores, over a line. Both directions stream at once; what a
 * batch speaks of is asked for, taken in and proven before its changes are, and each batch is
 * durable before it is acknowledged. {@code doc/session.md} draws it. An object serves once.
 *
 * <pre>{@code
 * SessionReport report = new Session(store, SessionOptions.DEFAULT).call(line);
 * }</pre>
 */
public final class Session {
  private static final int BUFFER = 64 << 10;

  private final MailStore store;
  private final Replication replication;
  private final SessionOptions options;
  private final Turns turns = new Turns();
  private List<String> nobodys = List.of();

  /** A session of {@code store}. */
  public Session(MailStore store, SessionOptions options) {
    this.store = store;
    this.replication = store.replication();
    this.options = options;
  }

  /**
   * Speaks first.
   *
   * @throws IOException if the line is torn, the peer does not keep to the rules, or the store
   *     fails; what was acknowledged by then is durable on the side that said so
   */
  public SessionReport call(Line line) throws IOException {
    return guarded(line, this::call);
  }

  /** Waits for the other side to speak first; otherwise like {@link #call(Line)}. */
  public SessionReport answer(Line line) throws IOException {
    return guarded(line, this::answer);
  }

  /** Finds out what the two sides know. */
  private interface Greetings {
    Agreement exchange(Ends ends) throws IOException;
  }

  private SessionReport guarded(Line line, Greetings greetings) throws IOException {
    try {
      Ends ends = new Ends(line);
      return exchange(agree(ends, greetings), ends).with(nobodys);
    } catch (IOException | RuntimeException | Error failed) {
      line.tear();
      throw failed;
    }
  }

  private Agreement agree(Ends ends, Greetings greetings) throws IOException {
    try {
      store.commit();
      Agreement agreement = greetings.exchange(ends);
      replication.check(agreement.theirs());
      return agreement;
    } catch (IOException failed) {
      sayWhy(failed, ends.out());
      throw failed;
    }
  }

  /** A line, and frames in and out of it. */
  record Ends(FrameReader in, FrameWriter out, Line line) {
    Ends(Line line) {
      this(
          new FrameReader(new BufferedInputStream(line.in(), BUFFER), "line"),
          new FrameWriter(new BufferedOutputStream(line.out(), BUFFER)),
          line);
    }
  }

  private Agreement call(Ends ends) throws IOException {
    FrameWriter out = ends.out();
    Greeting greeting = new Greeting(replication, options);
    try {
      out.write(FrameKind.HELLO, turns.next(), greeting.call().encode());
      out.flush();
    } catch (IOException gone) {
      // What it said before it went tells more than that it went.
      expect(FrameKind.HELLO, ends.in());
      throw gone;
    }
    Hello answer = Hello.decode(expect(FrameKind.HELLO, ends.in()));
    turns.waiting();
    Agreement agreement = greeting.conclude(answer);
    if (options.accounts().isPresent()) {
      nobodys = agreement.nobodys().stream().map(Session::nobody).toList();
    }
    if (answer.tellAll()) {
      FieldWriter all = new FieldWriter();
      Vectors.write(agreement.mine(), all);
      out.write(FrameKind.VECTORS, turns.next(), all);
    }
    return agreement;
  }

  private static String nobody(String account) {
    return "no account " + account + ", neither here nor on the other side";
  }

  private Agreement answer(Ends ends) throws IOException {
    Hello call = Hello.decode(expect(FrameKind.HELLO, ends.in()));
    Greeting.Answer answer = new Greeting(replication, options).answer(call);
    ends.out().write(FrameKind.HELLO, turns.next(), answer.hello().encode());
    ends.out().flush();
    if (!answer.waitsForVectors()) {
      return answer.agreement();
    }
    turns.waiting();
    return answer.agreement().with(Vectors.read(expect(FrameKind.VECTORS, ends.in())));
  }

  /** Tells the peer why it goes no further, if the line still bears it. */
  private void sayWhy(IOException failed, FrameWriter out) {
    try {
      out.write(FrameKind.FAILED, turns.next(), new FieldWriter().text(failed.getMessage() + ""));
      out.flush();
    } catch (IOException torn) {
      failed.addSuppressed(torn);
    }
  }

  private FieldReader expect(FrameKind kind, FrameReader in) throws IOException {
    Frame frame = next(in);
    if (frame.kind() != kind) {
      throw frame.fields().fault(0, kind + "", frame.kind() + "");
    }
    return frame.fields();
  }

  private Frame next(FrameReader in) throws IOException {
    Frame frame = in.next();
    if (frame == null) {
      throw new EOFException(
          in.position() == 0
              ? "the other side ended before it said anything"
              : "the line was cut after " + in.position() + " bytes");
    }
    turns.heard(frame.turn());
    if (frame.kind() == FrameKind.FAILED) {
      throw new PeerFailedException(frame.fields().text("reason"));
    }
    return frame;
  }

  private SessionReport exchange(Agreement agreement, Ends ends) throws IOException {
    if (!agreement.anythingToDo()) {
      replication.expungeForgotten(agreement.theirs());
      remember(agreement, Map.of());
      return report(agreement.peer(), ends);
    }
    try (Exchange exchange = new Exchange(store, options, agreement, ends, turns)) {
      try {
        exchange.run(() -> next(ends.in()));
      } catch (IOException | RuntimeException failed) {
        keep(agreement, exchange, failed);
        throw failed;
      }
      remember(agreement, exchange.acknowledged());
      return exchange.report();
    }
  }

  /** Keeps what came before something failed, if the store is not what failed. */
  private void keep(Agreement agreement, Exchange exchange, Exception failed) {
    try {
      remember(agreement, exchange.acknowledged());
    } catch (IOException further) {
      failed.addSuppressed(further);
    }
  }

  private void remember(Agreement agreement, Map<String, VersionVector> acknowledged)
      throws IOException {
    SortedMap<String, VersionVector> seen = new TreeMap<>(agreement.theirs());
    acknowledged.forEach((account, vector) -> seen.merge(account, vector, VersionVector::join));
    replication.heard(agreement.peer(), seen);
    store.commit();
  }

  private SessionReport report(long peer, Ends ends) {
    return new SessionReport(
        peer,
        0,
        0,
        ends.out().written(),
        ends.in().position(),
        turns.roundTrips(),
        0,
        0,
        List.of());
  }
}
