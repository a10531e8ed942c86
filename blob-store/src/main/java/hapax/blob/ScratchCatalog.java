package hapax.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in a folder of the store's, removed when it is closed, or when the store is opened the
 * next time.
 */
final class ScratchCatalog implements Catalog {
  private static final String PREFIX = "scratch-";

  private final Path folder;
  private final Catalog catalog;

  private ScratchCatalog(Path folder, Catalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  /** An empty one in {@code store}, which has none of that number. */
  static Catalog open(Path store, int number) throws IOException {
    Path folder = store.resolve(PREFIX + number);
    return new ScratchCatalog(folder, RocksCatalog.open(folder));
  }

  /** Removes what processes left that were killed; nobody must have the store. */
  static void removeLeft(Path store) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(store, PREFIX + "*")) {
      for (Path folder : left) {
        remove(folder);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    RocksCatalog.destroy(folder);
    try (DirectoryStream<Path> rest = Files.newDirectoryStream(folder)) {
      for (Path file : rest) {
        Files.delete(file);
      }
    } catch (NoSuchFileException gone) {
      // The engine has removed the folder, too.
      return;
    }
    Files.delete(folder);
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
    remove(folder);
  }
}
