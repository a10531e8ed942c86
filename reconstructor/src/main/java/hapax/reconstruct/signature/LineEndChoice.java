package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Chooses between verdicts over the bytes as kept and verdicts over CRLF. */
final class LineEndChoice {
  /** Gives the verdicts over one reading of the line ends, always in the same order. */
  interface Attempt {
    List<Verdict> check(LineEnds ends) throws IOException;
  }

  private LineEndChoice() {}

  /** Whether reading line ends otherwise would change anything. */
  interface Probe {
    boolean hasBareLineFeed() throws IOException;
  }

  /** For each signature the verdict over the bytes as kept, unless CRLF gives a better one. */
  static List<Verdict> choose(Probe probe, Attempt attempt) throws IOException {
    List<Verdict> kept = attempt.check(LineEnds.AS_KEPT);
    if (kept.stream().allMatch(LineEndChoice::isContent) || !probe.hasBareLineFeed()) {
      return kept;
    }
    List<Verdict> crlf = attempt.check(LineEnds.CRLF);
    List<Verdict> better = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      better.add(rank(crlf.get(i)) > rank(kept.get(i)) ? crlf.get(i) : kept.get(i));
    }
    return better;
  }

  private static boolean isContent(Verdict verdict) {
    return verdict.outcome() == Outcome.VERIFIED || verdict.outcome() == Outcome.SEALED;
  }

  private static int rank(Verdict verdict) {
    int verified = verdict.outcome() == Outcome.VERIFIED ? 100 : 0;
    int right = 0;
    for (Finding finding : verdict.findings()) {
      right += finding.answer() == Answer.YES ? 1 : 0;
    }
    return verified + right;
  }
}
