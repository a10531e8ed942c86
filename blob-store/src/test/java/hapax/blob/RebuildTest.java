package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildTest {
  @TempDir private Path folder;
  private final TestMail mail = new TestMail(5);

  private BlobStore open() throws IOException {
    return BlobStore.open(folder, true, TestMail::fold);
  }

  private void fill() throws IOException {
    try (BlobStore store = open()) {
      for (int i = 0; i < 30; i++) {
        mail.add(store, 100_000);
      }
      mail.remove(store, mail.ids().get(3));
      store.commit();
    }
  }

  private List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (Catalog catalog = RocksCatalog.open(folder.resolve("catalog"))) {
      catalog.scan(
          new byte[0],
          null,
          (key, value) ->
              rows.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value)));
    }
    return rows;
  }

  @Test
  void rebuiltCatalogIsEqualRowForRow() throws IOException {
    fill();
    List<String> before = rows();
    BlobStore.rebuild(folder, TestMail::fold);
    assertEquals(before, rows());
    assertFalse(Files.exists(folder.resolve("catalog.new")));
    try (BlobStore store = open()) {
      mail.checkAll(store);
    }
  }

  @Test
  void lostCatalogIsMadeAnewWhenTheStoreIsOpened() throws IOException {
    fill();
    List<String> before = rows();
    RocksCatalog.destroy(folder.resolve("catalog"));
    try (BlobStore store = open()) {
      mail.checkAll(store);
    }
    assertEquals(before, rows());
  }

  @Test
  void whatAKilledRebuildLeftIsNoObstacle() throws IOException {
    fill();
    List<String> before = rows();
    try (Catalog unfinished = RocksCatalog.open(folder.resolve("catalog.new"))) {
      unfinished.write(CatalogContract.batch(new byte[] {'B', 1}, new byte[] {9}));
    }
    try (BlobStore store = open()) {
      mail.checkAll(store);
    }
    assertFalse(Files.exists(folder.resolve("catalog.new")));
    assertEquals(before, rows());
  }

  @Test
  void rebuildShouldFailWhenTheStoreIsOpen() throws IOException {
    try (BlobStore store = open()) {
      assertThrows(
          StoreInUseException.class,
          () -> BlobStore.rebuild(folder, TestMail::fold),
          store.storeId());
    }
  }

  @Test
  void rebuildShouldFailWhenThereIsNoStore() {
    assertThrows(StoreFormatException.class, () -> BlobStore.rebuild(folder, TestMail::fold));
  }
}
