package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** DKIM key records by DNS name, read once and kept ready to use. Any thread may ask. */
final class DkimKeys {
  /** Names remembered at a time; a hostile mailbox may name any number. */
  private static final int REMEMBERED = 10_000;

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
  private final Map<String, List<Candidate>> ready = new ConcurrentHashMap<>();

  /** Names in {@code given} are in lower case. */
  DkimKeys(Map<String, List<String>> given, TxtLookup elsewhere) {
    this.given = Map.copyOf(given);
    this.elsewhere = elsewhere;
  }

  /** The records of that name; throws as {@link TxtLookup#find} does. */
  List<Candidate> find(String name) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    List<Candidate> known = ready.get(lower);
    if (known != null) {
      return known;
    }
    List<String> texts = given.containsKey(lower) ? given.get(lower) : elsewhere.find(lower);
    List<Candidate> found = texts.stream().map(Candidate::read).toList();
    if (ready.size() >= REMEMBERED) {
      ready.clear();
    }
    ready.put(lower, found);
    return found;
  }
}
