package hapax.sync.session;

import hapax.sync.FieldReader;
import hapax.sync.FieldWriter;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a replica has seen of many accounts, as it is said, and the digest by which two replicas
 * find out that they have seen the same.
 */
final class Vectors {
  /** Length of a digest. */
  static final int DIGEST = 16;

  private Vectors() {}

  /**
   * Exclusive or over the accounts of the start of SHA-256 over name, zero, and each origin with
   * its number; an account of which nothing was seen does not count. So the digest for another
   * state of one account needs nothing but the two states of it.
   */
  static byte[] digest(Map<String, VersionVector> vectors) {
    byte[] digest = new byte[DIGEST];
    vectors.forEach(
        (account, vector) -> {
          if (!vector.isEmpty()) {
            byte[] one = digest(account, vector);
            for (int i = 0; i < DIGEST; i++) {
              digest[i] ^= one[i];
            }
          }
        });
    return digest;
  }

  private static byte[] digest(String account, VersionVector vector) {
    MessageDigest sha = sha256();
    sha.update(account.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
    ByteBuffer mark = ByteBuffer.allocate(3 * Long.BYTES);
    vector
        .marks()
        .forEach(
            (origin, last) ->
                sha.update(
                    mark.clear()
                        .putLong(origin)
                        .putLong(last.number())
                        .putLong(last.time())
                        .flip()));
    return sha.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** Writes the origins once, and for each account which of them it has, with their numbers. */
  static void write(SortedMap<String, VersionVector> vectors, FieldWriter to) {
    SortedSet<Long> all = new TreeSet<>();
    vectors.values().forEach(vector -> all.addAll(vector.marks().keySet()));
    List<Long> origins = List.copyOf(all);
    to.varint(origins.size());
    origins.forEach(to::fixed64);
    to.varint(vectors.size());
    vectors.forEach(
        (account, vector) -> {
          to.text(account).varint(vector.marks().size());
          vector
              .marks()
              .forEach(
                  (origin, last) ->
                      to.varint(origins.indexOf(origin))
                          .varint(last.number())
                          .fixed64(last.time()));
        });
  }

  static SortedMap<String, VersionVector> read(FieldReader from) throws IOException {
    int origins = from.count("origins", Long.BYTES);
    List<Long> table = new ArrayList<>();
    for (int i = 0; i < origins; i++) {
      table.add(from.fixed64("origin"));
    }
    int accounts = from.count("accounts", 2);
    SortedMap<String, VersionVector> vectors = new TreeMap<>();
    for (int i = 0; i < accounts; i++) {
      vectors.put(from.text("account"), vector(table, from));
    }
    return vectors;
  }

  private static VersionVector vector(List<Long> table, FieldReader from) throws IOException {
    int count = from.count("origins of an account", 10);
    SortedMap<Long, VersionVector.Mark> marks = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int origin = (int) from.varint("origin's place", 0, table.size() - 1L);
      long number = from.varint("number", 1, Long.MAX_VALUE);
      marks.put(table.get(origin), new VersionVector.Mark(number, from.fixed64("time")));
    }
    return new VersionVector(marks);
  }
}
