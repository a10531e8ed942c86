package hapax.mime;

import java.util.Arrays;

/**
 * The multiparts and embedded messages around the place that is being read, outermost first. Only a
 * multipart has a boundary; an embedded message counts for the depth alone.
 */
final class Enclosing {
  /** Longest boundary that is honoured; RFC 2046 allows 70 characters. */
  static final int LONGEST_BOUNDARY = 1000;

  private static final byte[] NO_BOUNDARY = new byte[0];

  private byte[][] boundaries = new byte[8][];
  private int[] hashes = new int[8];
  private boolean[] digests = new boolean[8];
  private int depth;
  private int multiparts;

  int depth() {
    return depth;
  }

  boolean hasMultipart() {
    return multiparts > 0;
  }

  boolean isDigest(int level) {
    return digests[level];
  }

  void pushMessage() {
    push(NO_BOUNDARY, false);
  }

  void pushMultipart(byte[] boundary, boolean digest) {
    push(boundary, digest);
    multiparts++;
  }

  private void push(byte[] boundary, boolean digest) {
    if (depth == boundaries.length) {
      boundaries = Arrays.copyOf(boundaries, 2 * depth);
      hashes = Arrays.copyOf(hashes, 2 * depth);
      digests = Arrays.copyOf(digests, 2 * depth);
    }
    boundaries[depth] = boundary;
    hashes[depth] = hash(boundary, 0, boundary.length);
    digests[depth] = digest;
    depth++;
  }

  /** Leaves everything inside of {@code newDepth}. */
  void leave(int newDepth) {
    while (depth > newDepth) {
      depth--;
      multiparts -= boundaries[depth].length > 0 ? 1 : 0;
    }
  }

  /** The innermost level whose boundary is {@code bytes[from, to)}, or -1. */
  int find(byte[] bytes, int from, int to) {
    if (to <= from || to - from > LONGEST_BOUNDARY) {
      return -1;
    }
    int hash = hash(bytes, from, to);
    for (int level = depth - 1; level >= 0; level--) {
      if (hashes[level] == hash
          && Arrays.equals(boundaries[level], 0, boundaries[level].length, bytes, from, to)) {
        return level;
      }
    }
    return -1;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }
}
