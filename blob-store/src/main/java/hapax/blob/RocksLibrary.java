package hapax.blob;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native library, loaded once a process: from {@code java.library.path} if it is there
 * (saves about 150 ms), else unpacked into the temporary folder and unlinked as soon as it is
 * loaded, so that a killed process leaves no 17 MB behind.
 */
final class RocksLibrary {
  private static final String FILE = Environment.getJniLibraryFileName("rocksdb");

  /** What {@link RocksDB#loadLibrary(List)} looks for in the folders given to it. */
  private static final String UNPACKED_FILE = Environment.getJniLibraryFileName("rocksdbjni");

  private static boolean loaded;

  private RocksLibrary() {}

  static synchronized void load() throws IOException {
    if (loaded) {
      return;
    }
    try {
      if (isOnLibraryPath()) {
        RocksDB.loadLibrary();
      } else {
        loadUnpacked();
      }
      loaded = true;
    } catch (UnsatisfiedLinkError | IOException e) {
      throw new IOException(
          "can not load " + FILE + " (set java.io.tmpdir to a folder that allows it): " + e, e);
    }
  }

  private static boolean isOnLibraryPath() {
    return Arrays.stream(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .anyMatch(folder -> !folder.isEmpty() && Files.isReadable(Path.of(folder, FILE)));
  }

  private static void loadUnpacked() throws IOException {
    Path folder = Files.createTempDirectory("hapax-");
    Path file = folder.resolve(UNPACKED_FILE);
    try {
      unpack(file);
      RocksDB.loadLibrary(List.of(folder.toString()));
    } finally {
      remove(file);
      remove(folder);
    }
  }

  private static void unpack(Path file) throws IOException {
    try (InputStream library = RocksDB.class.getClassLoader().getResourceAsStream(FILE)) {
      if (library == null) {
        throw new FileNotFoundException("there is no " + FILE + " for this machine");
      }
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(Path path) {
    if (!path.toFile().delete()) {
      // Windows keeps a library that is in use.
      path.toFile().deleteOnExit();
    }
  }
}
