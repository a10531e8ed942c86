package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of rows, as {@code doc/catalog.md} works them out. */
class CatalogRowsTest {
  private static final BlobId ID = BlobContent.id(new byte[0]);

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void theCatalogOfTheExampleHasTheseRows() throws IOException {
    MemoryCatalog catalog = new MemoryCatalog();
    try (PackStore store = StoreModel.open(new CrashDisk(), catalog)) {
      try (Intake unit = store.intake()) {
        unit.append("hello".getBytes(UTF_8));
      }
      store.commit();
    }
    String hello = "68656c6c6f";
    String digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assertEquals(
        List.of(
            "4b00000001=",
            "4c" + hello + "=" + "01" + "40" + "00",
            "50="
                + "02"
                + "00000001"
                + "0000000000000098"
                + "0000000000000001"
                + "000102030405060708090a0b0c0d0e0f",
            "52" + digest + "6f" + "00".repeat(15) + "=",
            "55" + hello + "=01"),
        StoreModel.rows(catalog));
  }

  @Test
  void aSmallBlobsRowNamesItsGroupAndEntry() throws IOException {
    Rows.BlobRow row = new Rows.BlobRow.Small(300, 200, new Place(2, 64), 5);
    assertEquals("00" + "ac02" + "c801" + "02" + "40" + "05", hex(Rows.write(row)));
    assertEquals(row, Rows.readBlob(Rows.blob(ID), Rows.write(row)));
  }

  @Test
  void aLargeBlobsRowNamesItsPiecesByTheirDistances() throws IOException {
    List<Place> pieces = List.of(new Place(2, 64), new Place(2, 192), new Place(3, 64));
    Rows.BlobRow row = new Rows.BlobRow.Large(300, 200, pieces);
    String expected = "01" + "ac02" + "c801" + "02" + "40" + "00" + "8001" + "01" + "40";
    assertEquals(expected, hex(Rows.write(row)));
    assertEquals(row, Rows.readBlob(Rows.blob(ID), Rows.write(row)));
  }

  @Test
  void theRowOfABlobOfOneGibibyteIsShort() {
    List<Place> pieces = new ArrayList<>();
    for (int i = 0; i < 1_024; i++) {
      pieces.add(new Place(1 + i / 127, 64 + (i % 127) * (1L << 20)));
    }
    Rows.BlobRow row = new Rows.BlobRow.Large(1L << 30, 1L << 30, pieces);
    assertTrue(Rows.write(row).length < 6_000, Rows.write(row).length + " bytes");
  }
}
