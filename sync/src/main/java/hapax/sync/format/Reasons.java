package hapax.sync.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why something with a file failed, in a few words and on one line. */
public final class Reasons {
  private Reasons() {}

  /** The reason, without the file's name where the exception has it apart. */
  public static String of(IOException failure) {
    return oneLine(words(failure));
  }

  private static String words(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links lead in a circle";
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason().toLowerCase(Locale.ROOT);
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** The text with its control characters shown, so that it takes one line. */
  public static String oneLine(String text) {
    return LevelNames.visible(text);
  }
}
