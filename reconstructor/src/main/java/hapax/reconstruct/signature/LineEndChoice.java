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

  /** Looks at line ends in what was signed. */
  interface Probe {
    boolean look() throws IOException;
  }

  private LineEndChoice() {}

  /**
   * For each signature the verdict over the bytes as kept, unless CRLF gives a better one.
   *
   * @param has whether there is any bare line feed, without which both readings are one
   */
  static List<Verdict> choose(Probe has, Attempt attempt) throws IOException {
    return choose(() -> false, has, attempt);
  }

  /**
   * The same where most mail at rest needs one pass over the bytes only.
   *
   * @param covers whether every signature covers a bare line feed, by a quick look. Then what is
   *     right over CRLF can not be right as kept, and CRLF is tried first
   */
  static List<Verdict> choose(Probe covers, Probe has, Attempt attempt) throws IOException {
    if (covers.look()) {
      List<Verdict> crlf = attempt.check(LineEnds.CRLF);
      return crlf.stream().allMatch(LineEndChoice::isProven)
          ? crlf
          : better(attempt.check(LineEnds.AS_KEPT), crlf);
    }
    List<Verdict> kept = attempt.check(LineEnds.AS_KEPT);
    return kept.stream().allMatch(LineEndChoice::isContent) || !has.look()
        ? kept
        : better(kept, attempt.check(LineEnds.CRLF));
  }

  private static List<Verdict> better(List<Verdict> kept, List<Verdict> crlf) {
    List<Verdict> better = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      better.add(rank(crlf.get(i)) > rank(kept.get(i)) ? crlf.get(i) : kept.get(i));
    }
    return better;
  }

  /** Verified, and by a digest of the content itself. */
  private static boolean isProven(Verdict verdict) {
    return verdict.outcome() == Outcome.VERIFIED
        && verdict
            .finding(Aspect.BODY_DIGEST)
            .filter(finding -> finding.answer() == Answer.YES)
            .isPresent();
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
