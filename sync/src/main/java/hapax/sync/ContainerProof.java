package hapax.sync;

import hapax.blob.RecordId;
import hapax.reconstruct.MessageInput;
import hapax.sync.format.LoadBuffer;
import hapax.sync.format.Problems;
import hapax.sync.format.Reasons;
import hapax.sync.format.SourceFolder;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a file of many messages may go: each of them has an item, and the file, read again, still
 * gives just these messages in this order.
 */
final class ContainerProof {
  private final MessageDigest taken = Digests.sha256();
  private boolean whole = true;

  /** The next message of the file is safe once the import has committed. */
  synchronized void took(RecordId message) {
    taken.update(message.toBytes());
  }

  /** A message of the file is not in the account. */
  synchronized void missed() {
    whole = false;
  }

  /** Deletes the file if everything of it is safe; to be called once, after the last commit. */
  void delete(SourceFolder folder, Path file, ImportTally tally) {
    try {
      if (givesTheSame(folder)) {
        Files.delete(file);
        tally.deleted();
      } else {
        tally.failed(file.toString(), "not deleted: not all that is in it was imported");
      }
    } catch (NoSuchFileException gone) {
      // Whoever owns it moved or deleted it: there is nothing left to do.
      return;
    } catch (IOException unreadable) {
      tally.failed(file.toString(), "not deleted: " + Reasons.of(unreadable));
    }
  }

  private synchronized boolean givesTheSame(SourceFolder folder) throws IOException {
    if (!whole) {
      return false;
    }
    Reading again = new Reading();
    folder.messages(again::run, again);
    return again.clean && Arrays.equals(taken.digest(), again.all.digest());
  }

  /** The file's messages, read once more. */
  private static final class Reading implements Problems {
    private final LoadBuffer buffer = new LoadBuffer();
    private final MessageDigest all = Digests.sha256();
    private boolean clean = true;

    void run(List<SourceMessage> messages) throws IOException {
      for (SourceMessage message : messages) {
        all.update(digest(message.load(buffer).input()));
      }
    }

    private static byte[] digest(MessageInput input) throws IOException {
      MessageDigest digest = Digests.sha256();
      if (input instanceof MessageInput.Bytes bytes) {
        digest.update(bytes.array(), 0, bytes.length());
        return digest.digest();
      }
      OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
      if (input instanceof MessageInput.File file) {
        try (FileChannel channel = FileChannel.open(file.file())) {
          channel.transferTo(file.from(), file.to() - file.from(), Channels.newChannel(sink));
        }
      } else {
        try (InputStream stream = ((MessageInput.Stream) input).stream()) {
          stream.transferTo(sink);
        }
      }
      return digest.digest();
    }

    @Override
    public void failed(String place, String reason) {
      clean = false;
    }

    @Override
    public void skipped(String place, String reason) {
      clean = false;
    }
  }
}
