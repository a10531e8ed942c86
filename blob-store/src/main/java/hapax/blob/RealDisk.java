package hapax.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operating system's files. */
final class RealDisk implements Disk {
  @Override
  public List<String> list(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.map(name -> String.valueOf(name.getFileName())).sorted().toList();
    } catch (NoSuchFileException absent) {
      return List.of();
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    @Nullable Path parent = folder.getParent();
    if (parent != null) {
      makeFolder(parent);
    }
    Files.createDirectory(folder);
    if (parent != null) {
      syncFolder(parent);
    }
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public DiskFile read(Path file) throws IOException {
    return open(file, StandardOpenOption.READ);
  }

  @Override
  public DiskFile append(Path file) throws IOException {
    return open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static DiskFile open(Path file, StandardOpenOption... how) throws IOException {
    FileChannel channel = FileChannel.open(file, how);
    return new RealFile(file, channel, channel.size());
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(file);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A file through its channel; the end is kept here, so that an append is one system call. */
  private static final class RealFile implements DiskFile {
    private final Path file;
    private final FileChannel channel;
    private long end;

    RealFile(Path file, FileChannel channel, long end) {
      this.file = file;
      this.channel = channel;
      this.end = end;
    }

    @Override
    public long size() {
      return end;
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
      long at = position;
      while (into.hasRemaining()) {
        int n = channel.read(into, at);
        if (n < 0) {
          throw new EOFException(
              file + " at offset " + at + ": expected more bytes, found the end");
        }
        at += n;
      }
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      try {
        while (bytes.hasRemaining()) {
          end += channel.write(bytes, end);
        }
      } catch (IOException failed) {
        throw named(failed);
      }
    }

    @Override
    public void sync() throws IOException {
      try {
        channel.force(false);
      } catch (IOException failed) {
        throw named(failed);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      end = size;
    }

    /** What a channel says of a full or broken disk does not name the file. */
    private IOException named(IOException failed) {
      FileSystemException named =
          new FileSystemException(file.toString(), null, failed.getMessage());
      named.initCause(failed);
      return named;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
