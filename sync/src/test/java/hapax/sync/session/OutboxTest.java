package hapax.sync.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.ParcelCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxTest {
  @TempDir Path folder;

  /** Else both sides could wait for a frame when neither has more to say than its writer will. */
  @Test
  void itIsNotThePeerThatIsWaitedForWhileItsOwnWriterHasToSayThatThereIsNoMore()
      throws IOException {
    try (TestStore store = new TestStore(folder.resolve("store"));
        var reader = store.mail.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      Outbox outbox =
          new Outbox(new FrameWriter(OutputStream.nullOutputStream()), codec, new Turns());
      ContentSender content =
          new ContentSender(
              reader,
              store.mail.blobs().ownership(),
              store.mail.replication().owners(Set.of()),
              codec,
              outbox::frame);
      CompletableFuture<Boolean> through = new CompletableFuture<>();
      Thread asking =
          new Thread(
              () -> {
                try {
                  through.complete(outbox.isThrough());
                } catch (IOException interrupted) {
                  through.completeExceptionally(interrupted);
                }
                outbox.close();
              });
      asking.start();
      await().until(() -> asking.getState() == Thread.State.WAITING);
      outbox.run(null, content);
      assertTrue(through.join());
    }
  }
}
