package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.sync.FieldWriter;
import hapax.sync.PageExample;
import hapax.sync.VersionVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The worked examples of the pages, written and read. */
class SessionPagesTest {
  private static final long REPLICA = 0x0123456789abcdefL;

  private static SortedMap<String, VersionVector> vectors() {
    VersionVector.Mark mark = new VersionVector.Mark(300, 0x01a3185c507b0005L);
    return new TreeMap<>(Map.of("jane", new VersionVector(new TreeMap<>(Map.of(REPLICA, mark)))));
  }

  private static Hello hello() {
    return new Hello(
        REPLICA,
        true,
        true,
        Hello.Listed.ALL,
        false,
        Optional.empty(),
        Hello.Digest.of(vectors()),
        vectors());
  }

  @Test
  void pageOfTheSessionShowsWhatIsWrittenAndRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameWriter out = new FrameWriter(bytes);
    BitSet wanted = new BitSet();
    wanted.set(0);
    wanted.set(2);
    out.write(FrameKind.HELLO, 1, hello().encode());
    out.write(FrameKind.WANT, 4, new Positions(1, Positions.FIRST, wanted).encode());
    Ack ack = new Ack(1, new TreeMap<>(Map.of("jane", 300)));
    out.write(FrameKind.ACK, 6, ack.encode());
    String hex = PageExample.hex("session.md");
    assertEquals(HexFormat.of().formatHex(bytes.toByteArray()), hex);
    FrameReader in =
        new FrameReader(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), "page");
    assertEquals(hello(), Hello.decode(next(in).fields()));
    assertEquals(new Positions(1, Positions.FIRST, wanted), Positions.decode(next(in).fields()));
    assertEquals(ack, Ack.decode(next(in).fields()));
  }

  private static Frame next(FrameReader in) throws IOException {
    return Objects.requireNonNull(in.next());
  }

  @Test
  void pageOfTheBundleShowsWhatIsWrittenAndRead() throws IOException {
    BundleHead head =
        new BundleHead(
            REPLICA,
            0xfedcba9876543210L,
            Instant.ofEpochMilli(1_800_000_000_123L),
            new TreeMap<>(),
            vectors());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameWriter out = new FrameWriter(bytes);
    out.write(FrameKind.BUNDLE, 0, head.encode());
    out.write(FrameKind.CLOSE, 0, new FieldWriter().varint(0));
    String hex = PageExample.hex("bundle.md");
    assertEquals(HexFormat.of().formatHex(bytes.toByteArray()), hex);
    try (BundleReader reader =
        new BundleReader(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), "page")) {
      assertEquals(head, reader.head());
      assertEquals(true, reader.show(true, line -> {}).whole());
    }
  }
}
