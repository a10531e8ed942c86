package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a pack, field by field, as {@code doc/pack.md} works them out. */
class PackFormatTest {
  private static final Path PACK = StoreModel.PACKS.resolve("p-00000001.pack");
  private static final String STORE = "000102030405060708090a0b0c0d0e0f";

  private final CrashDisk disk = new CrashDisk();

  private static String hex(byte[] bytes, int from, int length) {
    return HexFormat.of().formatHex(bytes, from, from + length);
  }

  private static String crc(String hex) {
    CRC32C crc = new CRC32C();
    crc.update(HexFormat.of().parseHex(hex));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** One commit of one log entry, {@code hello}. */
  private byte[] example() throws IOException {
    try (PackStore store = StoreModel.open(disk, new MemoryCatalog())) {
      try (Intake unit = store.intake()) {
        unit.append("hello".getBytes(UTF_8));
      }
      store.commit();
    }
    return disk.content(PACK);
  }

  @Test
  void thePackOfTheExampleHasTheseBytes() throws IOException {
    byte[] pack = example();
    String magic = "4841504158" + "50434b"; // HAPAXPCK
    String version = "00000001";
    String number = "00000001";
    String zeros = "00".repeat(28);
    String header = magic + version + number + STORE + zeros;
    assertEquals(header + crc(header), hex(pack, 0, 64));

    String entries = "01"; // one entry
    String kind = "03"; // a log entry
    String length = "05"; // five bytes
    String payload = entries + kind + length + "68656c6c6f"; // hello
    assertFrame(pack, 64, "02" + "00" + "0000" + "00000008" + "00000008", "", payload);

    String sequence = "0000000000000001";
    String millis = "0000018bcfe56800"; // 2023-11-14T22:13:20Z
    String startPack = "00000001";
    String frames = "00000001";
    String startOffset = "0000000000000000";
    String commit = sequence + millis + startPack + frames + startOffset;
    assertFrame(pack, 96, "03" + "00" + "0020" + "00000000" + "00000000", commit, "");

    String endPack = "00000001";
    String endOffset = "0000000000000098"; // 152
    String synced = sequence + startPack + endPack + startOffset + endOffset;
    assertFrame(pack, 152, "05" + "00" + "0020" + "00000000" + "00000000", synced, "");
    assertEquals(208, pack.length);
  }

  /** Magic, the fields given, both checksums, extra header and payload stand at {@code offset}. */
  private static void assertFrame(
      byte[] pack, int offset, String fields, String extra, String payload) {
    String fixed = "48784672" + fields + (payload.isEmpty() ? "00000000" : crc(payload));
    String place = STORE + "00000001" + HexFormat.of().toHexDigits((long) offset);
    String expected = fixed + crc(place + fixed + extra) + extra + payload;
    assertEquals(expected, hex(pack, offset, expected.length() / 2));
  }

  @Test
  void aSealedPackListsAllOfItsFramesAlsoAfterItWasOpenedAgain() throws IOException {
    StoreModel model = new StoreModel(3);
    MemoryCatalog catalog = new MemoryCatalog();
    while (disk.files().size() < 2) {
      try (PackStore store = StoreModel.open(disk, catalog)) {
        model.unit(store);
        model.commit(store);
      }
    }
    byte[] pack = disk.content(PACK);
    List<PackFooter.Line> walked = new ArrayList<>();
    List<PackFooter.Line> listed = new ArrayList<>();
    PackPlace place = new DirectoryPacks(disk, StoreModel.PACKS);
    try (PackFiles files = new PackFiles(place, StoreModel.ID);
        FrameCodec codec = new FrameCodec();
        PackFiles.Pack open = files.use(1)) {
      Frame end = Frame.read(open, pack.length - 32, pack.length);
      assertEquals(Frame.Kind.END, end.kind());
      long footerAt = PackFooter.footerOf(end);
      Frame footer = Frame.read(open, footerAt, pack.length);
      listed.addAll(PackFooter.read(codec.decode(open.file(), "pack", footerAt, footer)));
      long at = PackHeader.BYTES;
      while (at < footerAt) {
        Frame frame = Frame.read(open, at, pack.length);
        walked.add(PackFooter.line(at, frame));
        at += frame.length();
      }
    }
    assertTrue(walked.size() > 5);
    assertEquals(walked, listed);
  }

  @Test
  void aFrameOfAnotherPlaceIsNone() throws IOException {
    byte[] pack = example();
    disk.damage(
        PACK,
        bytes -> {
          ByteBuffer longer = ByteBuffer.allocate(pack.length + 32).put(pack);
          return longer.put(pack, 64, 32).array();
        });
    PackPlace place = new DirectoryPacks(disk, StoreModel.PACKS);
    try (PackFiles files = new PackFiles(place, StoreModel.ID);
        PackFiles.Pack open = files.use(1)) {
      Frame.read(open, 64, pack.length);
      assertThrows(
          CorruptStoreException.class, () -> Frame.read(open, pack.length, pack.length + 32));
    }
  }

  @Test
  void aFrameOfANewerFormatStopsUnlessItMayBePassedOver() throws IOException {
    for (int kind : new int[] {100, 200}) {
      byte[] pack = example();
      ByteBuffer frame = Frame.bare(Frame.Kind.END, ByteBuffer.allocate(8));
      frame.put(4, (byte) kind);
      Frame.seal(frame, new FramePlace(StoreModel.ID, 1, pack.length));
      disk.damage(
          PACK, bytes -> ByteBuffer.allocate(pack.length + 32).put(pack).put(frame).array());
      if (kind < 128) {
        StoreFormatException newer =
            assertThrows(
                StoreFormatException.class, () -> StoreModel.open(disk, new MemoryCatalog()));
        assertTrue(newer.getMessage().contains("at offset 208"), newer.getMessage());
        disk.damage(PACK, bytes -> new byte[0]);
        new DirectoryPacks(disk, StoreModel.PACKS).delete(1);
      } else {
        StoreModel.open(disk, new MemoryCatalog()).close();
      }
    }
  }

  @Test
  void theDumpOfTheExampleSaysWhatStandsThere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("any name");
    byte[] pack = example();
    Files.write(file, pack);
    StringBuilder out = new StringBuilder();
    PackDump.write(file, entry -> new String(entry, UTF_8), out);
    assertEquals(
        """
        pack 1 of store 000102030405060708090a0b0c0d0e0f, format 1, 208 bytes
                64 GROUP    -; payload 8 bytes, 8 decoded, sound
                        0 log entry of 5 bytes: hello
                96 COMMIT   commit 1 at 2023-11-14T22:13:20Z of 1 frames from 1:0; payload 0 bytes, 0 decoded, sound
               152 SYNCED   commit 1 from 1:0 to 1:152; payload 0 bytes, 0 decoded, sound
        """,
        out.toString());

    pack[90] ^= 1;
    pack[100] ^= 1;
    Files.write(file, pack);
    out.setLength(0);
    PackDump.write(file, entry -> new String(entry, UTF_8), out);
    assertTrue(out.toString().contains("DAMAGED: expected payload checksum"), out.toString());
    assertTrue(out.toString().contains("96 DAMAGED  56 bytes: expected"), out.toString());
  }
}
