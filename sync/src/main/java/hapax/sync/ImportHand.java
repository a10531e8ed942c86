package hapax.sync;

import hapax.blob.Intake;
import hapax.reconstruct.Announcement;
import hapax.reconstruct.Delivered;
import hapax.reconstruct.Deliverer;
import hapax.reconstruct.MessageInput;
import hapax.reconstruct.Preview;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.format.LoadBuffer;
import hapax.sync.format.LoadedMessage;
import hapax.sync.format.Reasons;
import hapax.sync.format.SourceException;
import hapax.sync.format.SourceMessage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What one thread of an import works with. It keeps the two sides apart: what a source does wrong
 * is a {@link SourceFault}, for one message; any other exception is the store's, and ends the
 * import.
 */
final class ImportHand implements Closeable {
  private final MailStore store;
  private final Deliverer deliverer;
  private final LoadBuffer buffer = new LoadBuffer();
  private final ItemIds ids = new ItemIds();
  private final Optional<SignatureRecorder> recorder;

  /** A hand for one thread; with a check, it records the signatures of what it takes in. */
  ImportHand(MailStore store, Optional<SignatureCheck> check) {
    this.store = store;
    this.recorder = check.map(SignatureRecorder::new);
    this.deliverer =
        new Deliverer(
            store.blobs(), recorder.isPresent() ? recorder.get().preview() : Preview.NONE);
  }

  /** A message could not be read. */
  static final class SourceFault extends Exception {
    private static final long serialVersionUID = 1;
    private final IOException fault;

    SourceFault(IOException fault) {
      super(Reasons.of(fault), fault);
      this.fault = fault;
    }

    boolean isAbsence() {
      return fault instanceof NoSuchFileException;
    }
  }

  ItemIds ids() {
    return ids;
  }

  Optional<SourceMessage.Label> label(SourceMessage message) throws SourceFault {
    try {
      return message.label();
    } catch (IOException unreadable) {
      throw new SourceFault(unreadable);
    }
  }

  LoadedMessage load(SourceMessage message) throws SourceFault {
    try {
      return message.load(buffer);
    } catch (IOException unreadable) {
      throw new SourceFault(unreadable);
    }
  }

  Delivered deliver(LoadedMessage message, Announcement then) throws IOException, SourceFault {
    MessageInput input = message.input();
    if (input instanceof MessageInput.File file) {
      return deliver(file, then);
    }
    if (input instanceof MessageInput.Stream stream) {
      return deliver(stream, then);
    }
    return deliverer.deliver(input, then);
  }

  private Delivered deliver(MessageInput.Stream input, Announcement then)
      throws IOException, SourceFault {
    try (InputStream stream = input.stream()) {
      return deliverer.deliver(new MessageInput.Stream(stream), then);
    } catch (SourceException unreadable) {
      throw new SourceFault(unreadable);
    }
  }

  private Delivered deliver(MessageInput.File input, Announcement then)
      throws IOException, SourceFault {
    BasicFileAttributes before = attributes(input);
    try {
      return deliverer.deliver(input, then);
    } catch (IOException failed) {
      BasicFileAttributes after = attributes(input);
      boolean changed =
          before.size() != after.size()
              || !before.lastModifiedTime().equals(after.lastModifiedTime());
      if (changed) {
        throw new SourceFault(new IOException("it changed while it was read", failed));
      }
      readThrough(input);
      throw failed;
    }
  }

  private static BasicFileAttributes attributes(MessageInput.File input) throws SourceFault {
    try {
      return Files.readAttributes(input.file(), BasicFileAttributes.class);
    } catch (IOException unreadable) {
      throw new SourceFault(unreadable);
    }
  }

  /** Finds out whether it is the file that can not be read. */
  private static void readThrough(MessageInput.File input) throws SourceFault {
    try (InputStream in = Files.newInputStream(input.file())) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException unreadable) {
      throw new SourceFault(unreadable);
    }
  }

  /** Takes a message in without saying anything of it. */
  Delivered deliver(LoadedMessage message) throws IOException, SourceFault {
    return deliver(message, (unit, delivered) -> {});
  }

  /** Records the signatures of a message that was taken in, if that is wanted; says if it did. */
  boolean recordSignatures(Account account, Delivered delivered) throws IOException {
    if (recorder.isEmpty() || !recorder.get().hasRecordOf(delivered.message())) {
      return false;
    }
    try (Intake unit = store.blobs().intake()) {
      return recorder.get().record(account, unit, delivered.message());
    }
  }

  @Override
  public void close() {
    deliverer.close();
  }
}
