package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A disk around another one that writes down every operation and lets a {@link Fault} stop it.
 * Operations that change nothing are seen by the fault too; {@link #changes()} leaves them out.
 */
final class FaultDisk implements Disk {
  /** One call; {@code bytes} is what it moves, or 0. */
  record Operation(int number, String verb, Path file, long bytes) {
    boolean isChange() {
      return !verb.equals("list") && !verb.equals("open") && !verb.equals("read");
    }

    @Override
    public String toString() {
      return verb + " " + file + (bytes == 0 ? "" : " " + bytes);
    }
  }

  /** Decides whether an operation is done. */
  @FunctionalInterface
  interface Fault {
    /** How many bytes of an append may still be done before the error; all of them: no error. */
    long allowed(Operation operation);

    Fault NONE = operation -> Long.MAX_VALUE;

    /** The n-th operation (from 0) of those that count fails; an append is half done. */
    static Fault failing(int n, Predicate<Operation> counts) {
      int[] seen = {0};
      return operation -> counts.test(operation) && seen[0]++ == n ? operation.bytes() / 2 : all();
    }

    /** The process ends at the n-th change: that append is half done, nothing after it works. */
    static Fault stopping(int n) {
      int[] seen = {0};
      return operation -> {
        if (seen[0] > n) {
          return -1;
        }
        return operation.isChange() && seen[0]++ == n ? operation.bytes() / 2 : all();
      };
    }

    private static long all() {
      return Long.MAX_VALUE;
    }
  }

  /** Room for so many more bytes; then there is no space left on the device. */
  static final class Room implements Fault {
    private long bytes;

    Room(long bytes) {
      this.bytes = bytes;
    }

    synchronized void add(long more) {
      bytes += more;
    }

    @Override
    public synchronized long allowed(Operation operation) {
      if (!operation.verb().equals("append")) {
        return Long.MAX_VALUE;
      }
      long allowed = bytes < operation.bytes() ? bytes : Long.MAX_VALUE;
      bytes -= Math.min(bytes, operation.bytes());
      return allowed;
    }
  }

  private final Disk disk;
  private final Fault fault;
  private final List<Operation> operations = new ArrayList<>();

  FaultDisk(Disk disk, Fault fault) {
    this.disk = disk;
    this.fault = fault;
  }

  /** Everything asked for until now, what failed included. */
  synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** The operations that changed something, as text. */
  synchronized List<String> changes() {
    return operations.stream().filter(Operation::isChange).map(Operation::toString).toList();
  }

  private synchronized long ask(String verb, Path file, long bytes) {
    Operation operation = new Operation(operations.size(), verb, file, bytes);
    operations.add(operation);
    return fault.allowed(operation);
  }

  private void pass(String verb, Path file) throws IOException {
    if (ask(verb, file, 0) != Long.MAX_VALUE) {
      throw failed(verb, file);
    }
  }

  private IOException failed(String verb, Path file) {
    String why = fault instanceof Room ? "No space left on device" : "injected fault";
    return new IOException(file + ": " + verb + ": " + why);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    pass("list", folder);
    return disk.list(folder);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    pass("makeFolder", folder);
    disk.makeFolder(folder);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    pass("create", file);
    return new FaultFile(file, disk.create(file));
  }

  @Override
  public DiskFile read(Path file) throws IOException {
    pass("open", file);
    return new FaultFile(file, disk.read(file));
  }

  @Override
  public DiskFile append(Path file) throws IOException {
    pass("open", file);
    return new FaultFile(file, disk.append(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    pass("rename " + from + " to", to);
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    pass("delete", file);
    disk.delete(file);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    pass("syncFolder", folder);
    disk.syncFolder(folder);
  }

  /** A file of the disk below. Closing always works: a dead process closes its files too. */
  private final class FaultFile implements DiskFile {
    private final Path name;
    private final DiskFile file;

    FaultFile(Path name, DiskFile file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
      pass("read", name);
      file.readFully(position, into);
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      long allowed = ask("append", name, bytes.remaining());
      if (allowed == Long.MAX_VALUE) {
        file.append(bytes);
        return;
      }
      if (allowed > 0) {
        file.append(bytes.slice(bytes.position(), (int) allowed));
      }
      throw failed("append", name);
    }

    @Override
    public void sync() throws IOException {
      pass("sync", name);
      file.sync();
    }

    @Override
    public void truncate(long size) throws IOException {
      pass("truncate", name);
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
