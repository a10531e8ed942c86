package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order in which a commit reaches the disk is what durability rests on: here it stands. */
class CommitOrderTest {
  private final List<String> written = new ArrayList<>();
  private final CrashDisk crashDisk = new CrashDisk();
  private final FaultDisk disk =
      new FaultDisk(
          crashDisk,
          operation -> {
            if (operation.isChange()) {
              written.add(operation.toString());
            }
            return Long.MAX_VALUE;
          });
  private final MemoryCatalog rows = new MemoryCatalog();
  private final Catalog catalog =
      new Catalog() {
        @Override
        public void write(SortedMap<byte[], byte @Nullable []> batch) throws IOException {
          written.add("catalog");
          rows.write(batch);
        }

        @Override
        public byte @Nullable [] get(byte[] key) throws IOException {
          return rows.get(key);
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
          rows.scan(from, to, visitor);
        }

        @Override
        public void clear() throws IOException {
          rows.clear();
        }

        @Override
        public long storedBytes() throws IOException {
          return rows.storedBytes();
        }

        @Override
        public void close() {
          rows.close();
        }
      };

  private List<String> take() {
    List<String> taken = List.copyOf(written);
    written.clear();
    return taken;
  }

  @Test
  void framesAreSyncedBeforeTheCatalogHearsOfThem() throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      assertEquals(List.of("makeFolder /store/packs", "catalog"), take());
      for (int i = 0; i < 2; i++) {
        byte[] entry = {(byte) i};
        try (Intake unit = store.intake()) {
          unit.append(entry);
        }
        assertEquals(List.of(), take());
        store.commit();
        List<String> first =
            List.of(
                "create /store/packs/p-00000001.pack", "append /store/packs/p-00000001.pack 64");
        List<String> commit =
            List.of(
                "append /store/packs/p-00000001.pack 32",
                "append /store/packs/p-00000001.pack 56",
                "sync /store/packs/p-00000001.pack");
        List<String> expected = new ArrayList<>(i == 0 ? first : List.of());
        expected.addAll(commit);
        expected.addAll(i == 0 ? List.of("syncFolder /store/packs") : List.of());
        expected.addAll(List.of("append /store/packs/p-00000001.pack 56", "catalog"));
        assertEquals(expected, take());
      }
      store.commit();
      assertEquals(List.of(), take(), "nothing to commit");
    }
    try (PackStore again = StoreModel.open(disk, catalog)) {
      again.commit();
      assertEquals(List.of("makeFolder /store/packs"), take(), "nothing to replay");
    }
  }

  @Test
  void allPacksOfACommitAreSyncedInTheirOrderAndThenTheirNames() throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      StoreModel model = new StoreModel(1);
      while (crashDisk.files().size() < 2) {
        model.unit(store);
      }
      take();
      store.commit();
      List<String> syncs = take().stream().filter(what -> what.startsWith("sync")).toList();
      assertEquals(
          List.of(
              "sync /store/packs/p-00000001.pack",
              "sync /store/packs/p-00000002.pack",
              "syncFolder /store/packs"),
          syncs);
    }
  }
}
