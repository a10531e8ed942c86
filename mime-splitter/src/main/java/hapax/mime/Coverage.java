package hapax.mime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts for every byte of a message, front to back: parts, and runs of literal bytes between
 * them. A caller keeps literal bytes in memory, so their sum is bounded: a run longer than {@link
 * #LONGEST_RUN} becomes a part itself, and so do shorter ones once {@link #MOST_LITERALS} would be
 * exceeded; where even that does not help, the whole message is one part.
 */
final class Coverage {
  /** Bytes of the longest literal run. */
  static final int LONGEST_RUN = 64 << 10;

  /** Literal bytes of one message, all runs together. */
  static final int MOST_LITERALS = 4 << 20;

  /** Bytes of the shortest run that is made a part when literals run out. */
  static final int SHORTEST_CUT = 1 << 10;

  private final SplitLimits limits;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Unshared, Long> literals = new EnumMap<>(Unshared.class);
  private final Map<Unshared, Long> run = new EnumMap<>(Unshared.class);
  private int candidates;
  private long literalTotal;
  private long runStart;
  private long covered;

  Coverage(SplitLimits limits) {
    this.limits = limits;
  }

  /** Whether the literal bytes are too many, so that only the whole message will do. */
  boolean isOverflowing() {
    return literalTotal > MOST_LITERALS;
  }

  /** Ends the run at the end of the message header, so that header and body stay apart. */
  void endHead(long headLength) {
    literal(headLength, Unshared.STRUCTURE);
    endRun();
  }

  /** The body of a leaf at {@code [start, end)}; what lies before it is structure. */
  void leaf(long start, long end, EntityHeader header, boolean beyondDepth) {
    literal(start, Unshared.STRUCTURE);
    long length = end - start;
    if (length < (header.isBase64() ? limits.minBase64() : limits.minText())) {
      literal(end, beyondDepth ? Unshared.BEYOND_LIMIT : Unshared.SMALL_PART);
    } else if (candidates == limits.maxParts()) {
      literal(end, Unshared.BEYOND_LIMIT);
    } else {
      endRun();
      candidates++;
      part(new Part(start, end, header.isBase64(), header.mediaType(), header.fileName()));
    }
  }

  Split finish(long length, long headLength) {
    literal(length, Unshared.STRUCTURE);
    endRun();
    if (isOverflowing()) {
      return new Split(length, 0, List.of(octets(0, length)), Map.of());
    }
    return new Split(length, headLength, parts, literals);
  }

  private void literal(long to, Unshared reason) {
    if (to > covered) {
      run.merge(reason, to - covered, Long::sum);
      covered = to;
    }
  }

  private void endRun() {
    long length = covered - runStart;
    boolean exceeds = literalTotal + length > MOST_LITERALS && length >= SHORTEST_CUT;
    if (length > LONGEST_RUN || exceeds) {
      part(octets(runStart, covered));
    } else {
      literalTotal += length;
      run.forEach((reason, bytes) -> literals.merge(reason, bytes, Long::sum));
    }
    run.clear();
    runStart = covered;
  }

  private void part(Part part) {
    parts.add(part);
    covered = part.end();
    runStart = covered;
  }

  private static Part octets(long start, long end) {
    return new Part(start, end, false, EntityHeader.UNKNOWN, Optional.empty());
  }
}
