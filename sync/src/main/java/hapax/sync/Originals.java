package hapax.sync;

import hapax.blob.RecordId;
import hapax.sync.format.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Files to be deleted once their messages are safe: after the commit that made the message durable,
 * if the account still has the item, and if the file, read again, still is that message.
 */
final class Originals {
  private static final int CHUNK = 256 << 10;

  private final ImportTally tally;
  private List<Original> waiting = new ArrayList<>();

  Originals(ImportTally tally) {
    this.tally = tally;
  }

  /** A file, and the item of the message that it was. */
  record Original(Path file, Account account, ItemId item, RecordId message) {}

  /** Takes a file whose item was added in a unit of work that is closed. */
  synchronized void add(Original original) {
    waiting.add(original);
  }

  /** All that came so far; the next commit makes them safe. */
  synchronized Batch cut() {
    List<Original> cut = waiting;
    waiting = new ArrayList<>();
    return new Batch(cut);
  }

  /** Files whose messages one commit makes durable. */
  final class Batch {
    private final List<Original> originals;

    private Batch(List<Original> originals) {
      this.originals = originals;
    }

    /** Deletes them; to be called after the commit. */
    void delete() throws IOException {
      for (Original original : originals) {
        if (isKept(original)) {
          deleteIfSame(original);
        }
      }
    }
  }

  /** Whether the account has the item, and it is that message. */
  static boolean isKept(Original original) throws IOException {
    return original
        .account()
        .item(original.item())
        .filter(item -> item.expunged().isEmpty() && item.message().equals(original.message()))
        .isPresent();
  }

  private void deleteIfSame(Original original) {
    Path file = original.file();
    try {
      if (digest(file).equals(original.message())) {
        Files.delete(file);
        tally.deleted();
      } else {
        tally.failed(file.toString(), "changed after it was imported; it was not deleted");
      }
    } catch (NoSuchFileException gone) {
      // Whoever owns it moved or deleted it: there is nothing left to do.
      return;
    } catch (IOException unreadable) {
      tally.failed(file.toString(), "not deleted: " + Reasons.of(unreadable));
    }
  }

  private static RecordId digest(Path file) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return RecordId.of(digest.digest());
  }
}
