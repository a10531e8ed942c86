package hapax.mime;

import java.util.Arrays;

/**
 * The multiparts and embedded messages around the place that is being read, outermost first. Only a
 * multipart has a boundary; an embedded message counts for the depth alone. Boundaries are found by
 * their hash, so a line costs the same at any depth.
 */
final class Enclosing {
  /** Longest boundary that is honoured, in bytes; RFC 2046 allows 70 characters. */
  static final int LONGEST_BOUNDARY = 1000;

  private static final byte[] NO_BOUNDARY = new byte[0];
  private static final int SLOTS = 256;

  private byte[][] boundaries = new byte[8][];
  private int[] hashes = new int[8];
  private int[] outerInSlot = new int[8];
  private boolean[] digests = new boolean[8];
  private int depth;
  private int multiparts;

  /** The innermost level of each slot, -1 where there is none. */
  private final int[] innermost = new int[SLOTS];

  /** How many boundaries start with a byte: most lines of dashes are settled by this. */
  private final int[] starts = new int[256];

  Enclosing() {
    Arrays.fill(innermost, -1);
  }

  int depth() {
    return depth;
  }

  boolean hasMultipart() {
    return multiparts > 0;
  }

  boolean isDigest(int level) {
    return digests[level];
  }

  /** Length of a level's boundary in bytes. */
  int boundaryLength(int level) {
    return boundaries[level].length;
  }

  void pushMessage() {
    reserve();
    boundaries[depth++] = NO_BOUNDARY;
  }

  void pushMultipart(byte[] boundary, boolean digest) {
    reserve();
    int hash = 0;
    for (byte b : boundary) {
      hash = step(hash, b);
    }
    boundaries[depth] = boundary;
    hashes[depth] = hash;
    digests[depth] = digest;
    outerInSlot[depth] = innermost[slot(hash)];
    innermost[slot(hash)] = depth;
    starts[boundary[0] & 0xff]++;
    multiparts++;
    depth++;
  }

  private void reserve() {
    if (depth == boundaries.length) {
      boundaries = Arrays.copyOf(boundaries, 2 * depth);
      hashes = Arrays.copyOf(hashes, 2 * depth);
      outerInSlot = Arrays.copyOf(outerInSlot, 2 * depth);
      digests = Arrays.copyOf(digests, 2 * depth);
    }
  }

  /** Leaves everything inside of {@code newDepth}. */
  void leave(int newDepth) {
    while (depth > newDepth) {
      depth--;
      byte[] boundary = boundaries[depth];
      if (boundary.length > 0) {
        innermost[slot(hashes[depth])] = outerInSlot[depth];
        starts[boundary[0] & 0xff]--;
        multiparts--;
      }
    }
  }

  /**
   * The level whose delimiter line has {@code line[from, to)} behind its first two dashes, or -1.
   * The whole is tried first, with and without two dashes at its end. Else a boundary may be
   * followed by a blank and any text: "an exact match of the entire candidate line is not required"
   * (RFC 2046, 5.1.1).
   */
  int match(byte[] line, int from, int to) {
    if (from == to || starts[line[from] & 0xff] == 0) {
      return -1;
    }
    int whole = -1;
    int closed = -1;
    int start = -1;
    int hash = 0;
    int last = Math.min(to, from + LONGEST_BOUNDARY);
    for (int i = from; i < last; i++) {
      hash = step(hash, line[i]);
      int after = i + 1;
      if (after == to) {
        whole = find(hash, line, from, after);
      } else if (after == to - 2 && line[after] == '-' && line[after + 1] == '-') {
        closed = find(hash, line, from, after);
      } else if (isFollowed(line, after, to)) {
        start = Math.max(start, find(hash, line, from, after));
      }
    }
    return whole >= 0 ? whole : closed >= 0 ? closed : start;
  }

  /** Whether a blank, or two dashes and a blank, stand at {@code at}. */
  private static boolean isFollowed(byte[] line, int at, int to) {
    return Ascii.isBlank(line[at])
        || (at + 2 < to && line[at] == '-' && line[at + 1] == '-' && Ascii.isBlank(line[at + 2]));
  }

  private int find(int hash, byte[] line, int from, int to) {
    int level = innermost[slot(hash)];
    while (level >= 0
        && (hashes[level] != hash
            || !Arrays.equals(line, from, to, boundaries[level], 0, boundaries[level].length))) {
      level = outerInSlot[level];
    }
    return level;
  }

  private static int step(int hash, byte b) {
    return 31 * hash + b;
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (SLOTS - 1);
  }
}
