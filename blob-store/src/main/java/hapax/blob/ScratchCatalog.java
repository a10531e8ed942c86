package hapax.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A catalog in a folder of the store's, removed when it is closed. */
final class ScratchCatalog implements Catalog {
  private static final String FOLDER = "catalog.scratch";

  private final Path folder;
  private final Catalog catalog;

  private ScratchCatalog(Path folder, Catalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  /** An empty one in {@code store}, which has at most one at a time. */
  static Catalog open(Path store) throws IOException {
    Path folder = store.resolve(FOLDER);
    RocksCatalog.destroy(folder);
    return new ScratchCatalog(folder, RocksCatalog.open(folder));
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return catalog.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    catalog.scan(from, to, visitor);
  }

  @Override
  public void write(SortedMap<byte[], byte @Nullable []> rows) throws IOException {
    catalog.write(rows);
  }

  @Override
  public void clear() throws IOException {
    catalog.clear();
  }

  @Override
  public long storedBytes() throws IOException {
    return catalog.storedBytes();
  }

  @Override
  public void close() throws IOException {
    catalog.close();
    RocksCatalog.destroy(folder);
    Files.deleteIfExists(folder);
  }
}
