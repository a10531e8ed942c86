package hapax.tools;

import hapax.reconstruct.signature.Outcome;
import hapax.reconstruct.signature.SignatureKind;
import hapax.reconstruct.signature.SignatureRecord;
import hapax.reconstruct.signature.Strength;
import hapax.reconstruct.signature.Verdict;
import hapax.reconstruct.signature.VerdictDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was found about the signatures of many messages. Safe for use by many threads. */
final class SignatureTally {
  private static final int LISTED = 1_000;

  private final Map<SignatureKind, Map<Outcome, Long>> counts = new EnumMap<>(SignatureKind.class);
  private final Map<Strength, Long> strengths = new EnumMap<>(Strength.class);
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, List<String>> differences = new TreeMap<>();
  private final Set<String> explained = new HashSet<>();
  private final List<String> findings = new ArrayList<>();
  private final List<Signed> signed = new ArrayList<>();
  private final boolean keepAll;
  private long messages;
  private long signedMessages;
  private long bytes;
  private long compared;
  private long differing;
  private long recorded;
  private long recordedVerified;
  private long recordedDiffering;

  /** A signed message with its verdicts. */
  record Signed(String place, String digest, List<Verdict> verdicts, Optional<Recorded> recorded) {}

  /** What was recorded when a message arrived, and in what it differs from what is found now. */
  record Recorded(SignatureRecord record, List<VerdictDifference> differences) {
    /** Whether any signature was verified then. */
    boolean isVerified() {
      return record.verdicts().stream().anyMatch(v -> v.outcome() == Outcome.VERIFIED);
    }
  }

  /** Keeps the verdicts on each signed message if {@code keepAll}; else those that failed. */
  SignatureTally(boolean keepAll) {
    this.keepAll = keepAll;
  }

  /** Takes the verdicts on one message. */
  synchronized void add(
      String place, String digest, List<Verdict> verdicts, Optional<Recorded> recorded) {
    messages++;
    recorded.ifPresent(found -> add(place, found));
    if (verdicts.isEmpty()) {
      return;
    }
    signedMessages++;
    boolean failed = false;
    for (Verdict verdict : verdicts) {
      counts
          .computeIfAbsent(verdict.kind(), k -> new EnumMap<>(Outcome.class))
          .merge(verdict.outcome(), 1L, Long::sum);
      if (verdict.outcome() == Outcome.VERIFIED) {
        strengths.merge(verdict.strength(), 1L, Long::sum);
      } else {
        reasons.merge(SignatureReasons.of(verdict), 1L, Long::sum);
      }
      failed |= verdict.outcome() == Outcome.FAILED;
    }
    if ((keepAll || failed) && (keepAll || signed.size() < LISTED)) {
      signed.add(new Signed(place, digest, verdicts, recorded));
    }
  }

  /** Takes messages that have no signature; returns how many messages were taken by now. */
  synchronized long addUnsigned(long more) {
    messages += more;
    return messages;
  }

  private void add(String place, Recorded found) {
    recorded++;
    recordedVerified += found.isVerified() ? 1 : 0;
    if (!found.differences().isEmpty()) {
      recordedDiffering++;
      differs(place, found.differences().stream().map(d -> "since arrival: " + d).toList());
    }
  }

  /** Takes the differences between an original and its copy, none if there are none. */
  synchronized void compared(String place, List<String> found) {
    compared++;
    if (!found.isEmpty()) {
      differs(place, found);
    }
  }

  /** An original that could not be compared, or differs. */
  synchronized void differs(String place, List<String> found) {
    differing++;
    if (differences.size() < LISTED) {
      differences.put(place, found);
    }
  }

  /** Says in what an original, which differs, does so: each stored message that may be meant. */
  synchronized void explain(String place, List<String> found) {
    boolean first = explained.add(place);
    List<String> all =
        new ArrayList<>(first ? List.of() : differences.getOrDefault(place, List.of()));
    all.addAll(found);
    differences.put(place, all);
  }

  /** A message that could not be checked, and why. */
  synchronized void found(String finding) {
    if (findings.size() < LISTED) {
      findings.add(finding);
    }
  }

  /** Adds to the bytes checked; returns how many these are by now. */
  synchronized long addBytes(long more) {
    bytes += more;
    return bytes;
  }

  synchronized long messages() {
    return messages;
  }

  /** Messages that have a signature. */
  synchronized long signedMessages() {
    return signedMessages;
  }

  /** Originals that were compared with their stored copies. */
  synchronized long compared() {
    return compared;
  }

  /** Messages whose signatures were recorded when they arrived. */
  synchronized long recorded() {
    return recorded;
  }

  /** Those of them that had a signature that was verified then. */
  synchronized long recordedVerified() {
    return recordedVerified;
  }

  /** Those of them that do not give the same answers again. */
  synchronized long recordedDiffering() {
    return recordedDiffering;
  }

  /** Whether all could be read and nothing differs. */
  synchronized boolean isClean() {
    return findings.isEmpty() && differing == 0;
  }

  /** Originals that differ, or are not in the store; messages that differ from their records. */
  synchronized long differing() {
    return differing;
  }

  /** Signatures of a kind with an outcome. */
  synchronized long count(SignatureKind kind, Outcome outcome) {
    return counts.getOrDefault(kind, Map.of()).getOrDefault(outcome, 0L);
  }

  /** Signatures of all kinds with an outcome. */
  synchronized long count(Outcome outcome) {
    long count = 0;
    for (SignatureKind kind : SignatureKind.values()) {
      count += count(kind, outcome);
    }
    return count;
  }

  /** Verified signatures that are worth so much. */
  synchronized long count(Strength strength) {
    return strengths.getOrDefault(strength, 0L);
  }

  /** Why signatures did not verify, and how many. */
  synchronized Map<String, Long> reasons() {
    return new TreeMap<>(reasons);
  }

  /** What differs, by original. */
  synchronized Map<String, List<String>> differences() {
    return new TreeMap<>(differences);
  }

  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  /** Signed messages, in the order of their places. */
  synchronized List<Signed> signed() {
    return signed.stream().sorted(Comparator.comparing(Signed::place)).toList();
  }
}
