package hapax.sync.session;

import hapax.blob.StoreFormatException;
import hapax.sync.FieldReader;
import hapax.sync.FieldWriter;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a bundle begins.
 *
 * @param writer who wrote it
 * @param reader for whom
 * @param written when
 * @param known what the reader had seen, as far as the writer knew; the bundle begins after it
 * @param seen what the writer had seen; a bundle back begins after it
 */
public record BundleHead(
    long writer,
    long reader,
    Instant written,
    SortedMap<String, VersionVector> known,
    SortedMap<String, VersionVector> seen) {
  /** The first version of the format. */
  static final int VERSION_START = 1;

  /** The version that this program writes, and the highest that it reads. */
  static final int VERSION_CURRENT = VERSION_START;

  /** "HxBu". */
  static final int MAGIC = 0x48784275;

  public BundleHead {
    known = new TreeMap<>(known);
    seen = new TreeMap<>(seen);
  }

  FieldWriter encode() {
    FieldWriter to = new FieldWriter().fixed32(MAGIC).octet(VERSION_CURRENT);
    to.fixed64(writer).fixed64(reader).varint(written.toEpochMilli());
    Vectors.write(known, to);
    Vectors.write(seen, to);
    return to;
  }

  static BundleHead decode(FieldReader from) throws IOException {
    long magic = from.fixed32("magic HxBu");
    if (magic != MAGIC) {
      throw from.fault(0, "the magic HxBu", Long.toHexString(magic));
    }
    int version = from.octet("version");
    if (version != VERSION_CURRENT) {
      throw new StoreFormatException(
          "the bundle is of version "
              + version
              + ", this program knows version "
              + VERSION_CURRENT
              + "; a newer version of the program is needed");
    }
    long writer = from.fixed64("writer");
    long reader = from.fixed64("reader");
    Instant written = Instant.ofEpochMilli(from.varint("time", 0, Long.MAX_VALUE));
    BundleHead head =
        new BundleHead(writer, reader, written, Vectors.read(from), Vectors.read(from));
    from.end();
    return head;
  }
}
