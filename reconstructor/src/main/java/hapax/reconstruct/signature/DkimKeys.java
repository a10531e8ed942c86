package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * DKIM key records by DNS name, read once and kept ready to use. Any thread may ask; but one for
 * each message ({@link #forOneMessage}) bounds what look-ups that fail, and take their time, cost.
 */
final class DkimKeys {
  /** Names remembered at a time; a hostile mailbox may name any number. */
  private static final int REMEMBERED = 10_000;

  /** Look-ups that may fail for one message; servers that do not answer take seconds each. */
  private static final int MOST_FAILURES = 3;

  /** How long a name that could not be looked up is not looked up again. */
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  /** A look-up that failed, and when. */
  private record Failure(IOException why, long nanos) {}

  /** One record of a name: usable, or with the reason why not. */
  record Candidate(String text, @Nullable Usable usable, String fault) {
    private static Candidate read(String text) {
      try {
        DkimKey record = DkimKey.parse(text);
        return record.key().length == 0
            ? new Candidate(text, null, "it was revoked: p= is empty")
            : new Candidate(text, new Usable(record, RawKeys.of(record)), "");
      } catch (SyntaxFault e) {
        return new Candidate(text, null, String.valueOf(e.getMessage()));
      }
    }
  }

  /** A key and the conditions of its use. */
  record Usable(DkimKey record, RawKey key) {}

  private final Map<String, List<String>> given;
  private final TxtLookup elsewhere;
  private final Map<String, List<Candidate>> ready;
  private final Map<String, Failure> failed;
  private final AtomicInteger failures = new AtomicInteger();

  /** Names in {@code given} are in lower case. */
  DkimKeys(Map<String, List<String>> given, TxtLookup elsewhere) {
    this(Map.copyOf(given), elsewhere, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
  }

  private DkimKeys(
      Map<String, List<String>> given,
      TxtLookup elsewhere,
      Map<String, List<Candidate>> ready,
      Map<String, Failure> failed) {
    this.given = given;
    this.elsewhere = elsewhere;
    this.ready = ready;
    this.failed = failed;
  }

  /** The same keys for one message, which bears a few failed look-ups and then no more. */
  DkimKeys forOneMessage() {
    return new DkimKeys(given, elsewhere, ready, failed);
  }

  /** The records of that name; throws as {@link TxtLookup#find} does. */
  List<Candidate> find(String name) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    List<Candidate> known = ready.get(lower);
    if (known != null) {
      return known;
    }
    List<String> texts = given.containsKey(lower) ? given.get(lower) : ask(lower);
    List<Candidate> found = texts.stream().map(Candidate::read).toList();
    remember(ready, lower, found);
    return found;
  }

  private List<String> ask(String name) throws IOException {
    Failure before = failed.get(name);
    if (before != null && System.nanoTime() - before.nanos() < PATIENCE_NANOS) {
      throw before.why();
    }
    if (failures.get() >= MOST_FAILURES) {
      throw new IOException("other look-ups for this message failed, so it was not tried");
    }
    try {
      return elsewhere.find(name);
    } catch (IOException why) {
      failures.incrementAndGet();
      remember(failed, name, new Failure(why, System.nanoTime()));
      throw why;
    }
  }

  private static <V> void remember(Map<String, V> names, String name, V what) {
    if (names.size() >= REMEMBERED) {
      names.clear();
    }
    names.put(name, what);
  }
}
