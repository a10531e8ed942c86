package hapax.sync.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Mail in files, to be read: folders, and in each the messages in order. */
public interface MailSource {
  /**
   * The folders, each to become (part of) a mailbox.
   *
   * @throws IOException if the source itself can not be read; what is wrong with single folders is
   *     told to {@code problems}
   */
  List<SourceFolder> folders(Problems problems) throws IOException;

  /**
   * The source that a word on the command line names: a path, or {@code maildir:}, {@code mbox:},
   * {@code mboxrd:} or {@code eml:} and a path, or {@code -} for one message on {@code
   * standardInput}. Without a kind, it is recognised.
   *
   * @throws IOException if there is nothing of that name or kind, in one line
   */
  static MailSource of(String word, InputStream standardInput) throws IOException {
    return SourceWord.parse(word, standardInput);
  }
}
