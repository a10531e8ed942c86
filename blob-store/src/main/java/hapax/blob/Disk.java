package hapax.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All file work of the packs. The real one is {@link Disk#real()}; tests put in one that forgets
 * what was not synced, fails the n-th operation, is full, or flips bits.
 */
public interface Disk {
  /** Names in a folder, sorted; empty if the folder is not there. */
  List<String> list(Path folder) throws IOException;

  /** Makes a folder and its parents, and syncs the parents. */
  void makeFolder(Path folder) throws IOException;

  /** Makes an empty file for appending; fails if it is there. */
  DiskFile create(Path file) throws IOException;

  /** Opens a file for reading. */
  DiskFile read(Path file) throws IOException;

  /** Opens a file for reading, appending and cutting. */
  DiskFile append(Path file) throws IOException;

  /** Moves a file onto another name, replacing what is there, atomically. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file. */
  void delete(Path file) throws IOException;

  /** Makes creations, renames and removals in a folder durable. */
  void syncFolder(Path folder) throws IOException;

  /** The operating system's files. */
  static Disk real() {
    return new RealDisk();
  }
}
