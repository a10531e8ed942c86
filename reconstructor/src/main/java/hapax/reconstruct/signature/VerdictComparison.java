package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** Compares two copies of a message: the verdicts on their signatures, and their bytes. */
public final class VerdictComparison {
  private static final int CHUNK = 64 << 10;
  private static final String NONE = "missing";

  private static final Set<Aspect> OF_BYTES =
      EnumSet.of(Aspect.BODY_DIGEST, Aspect.HEADER_DIGEST, Aspect.SIGNATURE, Aspect.SEAL);

  private final Set<Aspect> aspects;
  private final List<VerdictDifference> differences = new ArrayList<>();

  private VerdictComparison(Set<Aspect> aspects) {
    this.aspects = aspects;
  }

  /**
   * Everything in which the verdicts differ, signature by signature and aspect by aspect; empty if
   * they say the same. Reasons, which are for people, are not compared.
   */
  public static List<VerdictDifference> between(List<Verdict> before, List<Verdict> after) {
    return new VerdictComparison(EnumSet.allOf(Aspect.class)).compare(before, after);
  }

  private List<VerdictDifference> compare(List<Verdict> before, List<Verdict> after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      if (i >= after.size()) {
        add(words(before.get(i)), "verdict", before.get(i).outcome().name(), NONE);
      } else if (i >= before.size()) {
        add(words(after.get(i)), "verdict", NONE, after.get(i).outcome().name());
      } else {
        compare(before.get(i), after.get(i));
      }
    }
    return differences;
  }

  /**
   * As {@link #between}, but only in what follows from the message's bytes and the keys, not in who
   * is trusted.
   */
  static List<VerdictDifference> ofBytes(List<Verdict> before, List<Verdict> after) {
    return new VerdictComparison(OF_BYTES).compare(before, after);
  }

  private void compare(Verdict before, Verdict after) {
    String which = words(before);
    compare(which, "kind", before.kind(), after.kind());
    compare(which, "place", before.place(), after.place());
    compare(which, "signer", before.signer(), after.signer());
    compare(which, "algorithm", before.algorithm(), after.algorithm());
    compare(which, "signing time", before.signedAt(), after.signedAt());
    if (!aspects.equals(OF_BYTES)) {
      compare(which, "outcome", before.outcome(), after.outcome());
    }
    compare(which, "line ends", before.lineEnds(), after.lineEnds());
    for (Aspect aspect : aspects) {
      compare(which, aspect.words(), answer(before, aspect), answer(after, aspect));
    }
  }

  private void compare(String which, String point, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      add(which, point, before.toString(), after.toString());
    }
  }

  private void add(String which, String point, String before, String after) {
    differences.add(new VerdictDifference(which, point, before, after));
  }

  private static String answer(Verdict verdict, Aspect aspect) {
    return verdict.finding(aspect).map(finding -> finding.answer().name()).orElse(NONE);
  }

  private static String words(Verdict verdict) {
    String where = verdict.place().isEmpty() ? "" : " in part " + verdict.place();
    return verdict.kind().words() + " signature of " + verdict.signer() + where;
  }

  /**
   * The offset of the first byte in which two sources differ, or at which one of them ends; empty
   * if they are equal.
   */
  public static OptionalLong firstDifference(ByteSource before, ByteSource after)
      throws IOException {
    long common = Math.min(before.length(), after.length());
    FixedBuffer left = new FixedBuffer(CHUNK);
    FixedBuffer right = new FixedBuffer(CHUNK);
    for (long at = 0; at < common; at += CHUNK) {
      int n = (int) Math.min(CHUNK, common - at);
      left.clear();
      right.clear();
      before.copyTo(at, at + n, left);
      after.copyTo(at, at + n, right);
      int differs = Arrays.mismatch(left.bytes(), 0, n, right.bytes(), 0, n);
      if (differs >= 0) {
        return OptionalLong.of(at + differs);
      }
    }
    return before.length() == after.length() ? OptionalLong.empty() : OptionalLong.of(common);
  }
}
