package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the key records of one name say about a DKIM, ARC or DomainKeys signature.
 *
 * @param match what the key says, where one could be used
 * @param text the record that was used or refused, or empty
 */
record KeyTrial(Status status, String reason, KeyMatch match, String text, boolean isShort) {
  /** How far the trial came; a later one is better. */
  enum Status {
    /** There is no record, or none that is whole, or the key was revoked. */
    MISSING,
    /** Whether there is a record can not be found out now. */
    UNREACHABLE,
    /** The key is there and must not be used for this signature. */
    FORBIDDEN,
    /** The key was tried. */
    TRIED
  }

  /** Records of one name that are tried; honest names have one. */
  private static final int MOST_RECORDS = 10;

  /**
   * Tries the records of {@code name} until one says that the signature is right.
   *
   * @param objection why a record forbids this use
   */
  static KeyTrial of(
      DkimKeys keys,
      String name,
      Function<DkimKey, Optional<String>> objection,
      Function<RawKey, KeyMatch> match) {
    List<DkimKeys.Candidate> candidates;
    try {
      candidates = keys.find(name);
    } catch (IOException e) {
      return without(Status.UNREACHABLE, name + " can not be looked up: " + e.getMessage(), "");
    }
    KeyTrial best = without(Status.MISSING, "there is no key " + name, "");
    for (int i = 0; i < Math.min(candidates.size(), MOST_RECORDS); i++) {
      KeyTrial trial = of(candidates.get(i), name, objection, match);
      best = i == 0 || trial.isBetterThan(best) ? trial : best;
    }
    return best;
  }

  private static KeyTrial of(
      DkimKeys.Candidate candidate,
      String name,
      Function<DkimKey, Optional<String>> objection,
      Function<RawKey, KeyMatch> match) {
    DkimKeys.Usable usable = candidate.usable();
    if (usable == null) {
      String reason = "the key " + name + " is of no use: " + candidate.fault();
      return without(Status.MISSING, reason, candidate.text());
    }
    Optional<String> fault = objection.apply(usable.record());
    if (fault.isPresent()) {
      return without(Status.FORBIDDEN, fault.get(), candidate.text());
    }
    String reason =
        "found " + name + (usable.record().isForTesting() ? ", which is marked as a test" : "");
    KeyMatch said = match.apply(usable.key());
    return new KeyTrial(Status.TRIED, reason, said, candidate.text(), usable.key().isShort());
  }

  /** Names in {@code draft} the record that was used or refused. */
  void keepKey(String name, VerdictDraft draft) {
    if (!text.isEmpty()) {
      draft.key(ZoneText.line(name, text));
    }
  }

  private static KeyTrial without(Status status, String reason, String text) {
    return new KeyTrial(status, reason, KeyMatch.WRONG, text, false);
  }

  private boolean isBetterThan(KeyTrial other) {
    return status != other.status
        ? status.compareTo(other.status) > 0
        : match.compareTo(other.match) < 0;
  }
}
