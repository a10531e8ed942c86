package hapax.blob;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one process to a store: an operating system's lock on the file {@code lock}, which
 * says in one line who has it. The system takes the lock back when a process dies, so the file that
 * a dead one left is no obstacle.
 */
final class StoreLock implements Closeable {
  /** Its name in the store's folder. */
  static final String FILE = "lock";

  /** Beyond the text: where locks are mandatory, others can still read who has it. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * Stores locked by this process. Asked before the file is opened, because to close any channel of
   * a file drops the locks that the whole process has on it (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;

  private StoreLock(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /**
   * Locks the store in {@code folder}, which must be there.
   *
   * @throws StoreInUseException if a process has it, this one included
   */
  static StoreLock acquire(Path folder) throws IOException {
    Path store = folder.toRealPath();
    if (!HELD.add(store)) {
      throw inUse(folder, self());
    }
    try {
      return new StoreLock(store, lock(folder, store.resolve(FILE)));
    } catch (IOException | RuntimeException e) {
      HELD.remove(store);
      throw e;
    }
  }

  private static FileChannel lock(Path folder, Path file) throws IOException {
    FileChannel channel = openFile(folder, file);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw inUse(folder, Files.readString(file, ISO_8859_1).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((self() + "\n").getBytes(ISO_8859_1)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel openFile(Path folder, Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw new IOException("store " + folder + " can not be written: permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException("store " + folder + " can not be written: " + e.getReason(), e);
    }
  }

  private static StoreInUseException inUse(Path folder, String by) {
    return new StoreInUseException(
        "store " + folder + " is in use by " + (by.isEmpty() ? "another process" : by));
  }

  private static String self() {
    return "process " + ProcessHandle.current().pid() + " on " + host();
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"), ISO_8859_1).strip();
    } catch (IOException notLinux) {
      return hostByNetwork();
    }
  }

  private static String hostByNetwork() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "this host";
    }
  }

  @Override
  public String toString() {
    return "lock of " + held;
  }

  /** Gives the store free; the file stays. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(held);
    }
  }
}
