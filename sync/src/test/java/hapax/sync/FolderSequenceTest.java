package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.blob.Intake;
import hapax.reconstruct.MessageInput;
import hapax.sync.format.LoadedMessage;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class FolderSequenceTest {
  private final StoringBlobs blobs = new StoringBlobs();
  private final LogMailStore store;

  FolderSequenceTest() throws IOException {
    store = new LogMailStore(blobs, Identity.inMemory(1), Instant::now);
  }

  /** A message of a few bytes, all in memory. */
  private record Given(String text) implements SourceMessage {
    @Override
    public String place() {
      return text;
    }

    @Override
    public Optional<Label> label() {
      return Optional.of(new Label(text, text.length(), Instant.EPOCH));
    }

    @Override
    public LoadedMessage load(hapax.sync.format.LoadBuffer buffer) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      return new LoadedMessage(new MessageInput.Bytes(bytes, bytes.length), Instant.EPOCH);
    }

    @Override
    public Optional<Set<String>> flags() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> file() {
      return Optional.empty();
    }
  }

  @Test
  void runsShouldBeAddedInOrderWhicheverIsReadyFirst() throws IOException {
    Account account = store.openAccount("jane");
    MailboxId mailbox;
    try (Intake unit = blobs.intake()) {
      mailbox = account.openMailbox(unit, "INBOX").id();
    }
    ImportTally tally = new ImportTally(Progress.NONE);
    ImportRun run = new ImportRun(store, tally, new Originals(tally), false, false);
    FolderImport folder = new FolderImport(run, account, mailbox, true);
    Semaphore permits = new Semaphore(0);
    FolderSequence sequence = new FolderSequence(folder, mailbox, permits);
    List<Long> sizes = new ArrayList<>();
    try (ImportHand hand = new ImportHand(store, Optional.empty())) {
      for (int number : new int[] {3, 1, 4, 0, 2}) {
        List<SourceMessage> messages = List.of(new Given("x".repeat(number)));
        sequence.complete(number, folder.take(messages, hand, () -> {}), hand);
        sizes.clear();
        account.items(mailbox, 1, item -> sizes.add(item.size()));
        assertEquals(sizes.size(), permits.availablePermits());
      }
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), sizes);
  }
}
