package hapax.sync.session;

import hapax.blob.CorruptStoreException;
import hapax.blob.StoreFormatException;
import hapax.sync.FieldReader;
import hapax.sync.FieldWriter;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first words of each side.
 *
 * @param replica who speaks
 * @param sends whether it will send changes if it has any
 * @param receives whether it takes changes
 * @param listed how the vectors that follow are meant
 * @param tellAll whether the other side is to say all that it has seen
 * @param accounts the accounts to which the talk is limited, if it is
 * @param digest of all that the speaker has seen of the accounts
 * @param vectors what it has seen of some or all
 */
record Hello(
    long replica,
    boolean sends,
    boolean receives,
    Listed listed,
    boolean tellAll,
    Optional<SortedSet<String>> accounts,
    Digest digest,
    SortedMap<String, VersionVector> vectors) {
  /** The first version of the talk. */
  static final int VERSION_START = 1;

  /** The version that this program speaks. */
  static final int VERSION_CURRENT = VERSION_START;

  /** "HxSy". */
  static final int MAGIC = 0x48785379;

  private static final int SENDS = 1;
  private static final int RECEIVES = 2;
  private static final int LIMITED = 4;
  private static final int TELL_ALL = 8;
  private static final int LISTED_SHIFT = 4;

  Hello {
    vectors = new TreeMap<>(vectors);
    accounts = accounts.map(TreeSet::new);
  }

  /** Sixteen bytes. */
  record Digest(long high, long low) {
    static Digest of(SortedMap<String, VersionVector> vectors) {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(Vectors.digest(vectors));
      return new Digest(bytes.getLong(), bytes.getLong());
    }

    // Those that a record has are put together when they are first called, which takes
    // milliseconds.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(high ^ low);
    }
  }

  /** How the vectors of a hello are meant. */
  enum Listed {
    /** Some; the digest tells whether the other side knows the rest. */
    SOME(0),
    /** All that the speaker has seen. */
    ALL(1),
    /** Where the two differ; of the other accounts both have seen the same. */
    DIFFERENT(2);

    final int code;

    Listed(int code) {
      this.code = code;
    }
  }

  FieldWriter encode() {
    int flags = (sends ? SENDS : 0) | (receives ? RECEIVES : 0) | (tellAll ? TELL_ALL : 0);
    flags |= accounts.isPresent() ? LIMITED : 0;
    flags |= listed.code << LISTED_SHIFT;
    FieldWriter to = new FieldWriter().fixed32(MAGIC).octet(VERSION_CURRENT).octet(flags);
    to.fixed64(replica).fixed64(digest.high()).fixed64(digest.low());
    accounts.ifPresent(
        names -> {
          to.varint(names.size());
          names.forEach(to::text);
        });
    Vectors.write(vectors, to);
    return to;
  }

  /**
   * Reads a hello.
   *
   * @throws StoreFormatException if the peer is newer
   * @throws CorruptStoreException if it is none
   */
  static Hello decode(FieldReader from) throws IOException {
    long magic = from.fixed32("magic HxSy");
    if (magic != MAGIC) {
      throw from.fault(0, "the magic HxSy", Long.toHexString(magic));
    }
    int version = from.octet("version");
    if (version != VERSION_CURRENT) {
      throw new StoreFormatException(
          "the peer speaks version "
              + version
              + " of the talk between stores, this program version "
              + VERSION_CURRENT
              + "; the older of the two must be renewed");
    }
    int flags = from.octet("flags");
    int listed = flags >> LISTED_SHIFT;
    if (listed >= Listed.values().length) {
      throw from.fault(5, "known flags", Integer.toHexString(flags));
    }
    long replica = from.fixed64("replica");
    Digest digest = new Digest(from.fixed64("digest"), from.fixed64("digest"));
    Optional<SortedSet<String>> accounts =
        (flags & LIMITED) == 0 ? Optional.empty() : Optional.of(names(from));
    Hello hello =
        new Hello(
            replica,
            (flags & SENDS) != 0,
            (flags & RECEIVES) != 0,
            Listed.values()[listed],
            (flags & TELL_ALL) != 0,
            accounts,
            digest,
            Vectors.read(from));
    from.end();
    return hello;
  }

  private static SortedSet<String> names(FieldReader from) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    int count = from.count("accounts", 2);
    for (int i = 0; i < count; i++) {
      names.add(from.text("account"));
    }
    return names;
  }
}
