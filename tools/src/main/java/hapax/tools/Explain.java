package hapax.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Says in one line what went wrong. */
final class Explain {
  private Explain() {}

  static String line(Throwable fault) {
    if (fault instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return line(wrapped.getCause());
    }
    if (fault instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    }
    if (fault instanceof OutOfMemoryError) {
      return "out of memory; give more with HAPAX_JAVA_OPTS=-Xmx1g";
    }
    if (fault instanceof IOException && fault.getMessage() != null) {
      return fault.getMessage();
    }
    return "a fault of the program: " + fault + " (--debug shows where)";
  }

  private static String reason(FileSystemException fault) {
    if (fault instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (fault instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (fault instanceof NotDirectoryException) {
      return "is not a folder";
    }
    return Optional.ofNullable(fault.getReason())
        .orElse(
            fault instanceof FileAlreadyExistsException
                ? "is there already"
                : fault.getClass().getSimpleName());
  }
}
