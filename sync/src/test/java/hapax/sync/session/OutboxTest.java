package hapax.sync.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.ParcelCodec;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxTest {
  private static final Rest NOTHING =
      new Rest() {
        @Override
        public boolean isNeeded() {
          return false;
        }

        @Override
        public void begin(Map<String, VersionVector> acknowledged) {
          throw new AssertionError("nothing is needed");
        }
      };

  @TempDir Path folder;

  /** Else both sides could wait for a frame when neither has more to say than its writer will. */
  @Test
  void itIsNotThePeerThatIsWaitedForWhileItsOwnWriterHasToSayThatThereIsNoMore() throws Exception {
    assertTrue(throughAfter(false));
  }

  /** Else who said its last before a first batch was cut would ask for content in vain. */
  @Test
  void thePeerIsWaitedForAsSoonAsABatchIsOnItsWay() throws Exception {
    assertFalse(throughAfter(true));
  }

  /** What is answered to who asked, before the writer ran, whether the peer has everything. */
  private boolean throughAfter(boolean batch) throws Exception {
    try (TestStore store = new TestStore(folder.resolve("store"));
        var reader = store.mail.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      // Records that may be asked for count with 16 KiB each: more than the window.
      store.fill("jane", 0, 300, 16_000);
      store.mail.commit();
      Agreement agreement =
          new Agreement(
              1, true, true, Optional.empty(), store.mail.replication().vectors(), new TreeMap<>());
      Outbox outbox =
          new Outbox(new FrameWriter(OutputStream.nullOutputStream()), codec, new Turns());
      BatchCutter cutter =
          new BatchCutter(store.mail.replication(), reader, agreement, (account, message) -> false);
      ContentSender content =
          new ContentSender(
              reader,
              store.mail.blobs().ownership(),
              store.mail.replication().owners(Set.of()),
              codec,
              outbox::content);
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
      outbox.peerIsDurable(0);
      outbox.run(batch ? cutter : null, content, NOTHING);
      return through.join();
    }
  }
}
