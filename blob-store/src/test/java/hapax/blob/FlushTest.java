package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A flush beside a commit, while a group is compressed. */
@Timeout(120)
class FlushTest {
  /** Groups that take a while to compress. */
  private static final StoreOptions SLOW =
      new StoreOptions(128 << 20, 64 << 20, 32 << 10, 3, 19, 32 << 20);

  private final Random random = new Random(1);
  private final CrashDisk disk = new CrashDisk();
  private final CrashCatalog catalog = new CrashCatalog();
  private final byte[] blob = BlobContent.of(random, 20_000, true);

  private static PackStore open(CrashDisk disk, Catalog catalog) throws IOException {
    PackPlace place = new DirectoryPacks(disk, StoreModel.PACKS);
    return new PackStore(
        new StoreParts(StoreModel.ID, place, new KeptCatalog(catalog), null),
        SLOW,
        StoreModel::fold,
        StoreModel.CLOCK);
  }

  private void fill(PackStore store) throws IOException {
    try (Intake unit = store.intake()) {
      unit.putBlob(BlobContent.id(blob), blob.length, sink -> sink.write(blob));
      for (int i = 0; i < 300; i++) {
        byte[] content = BlobContent.of(random, 20_000, true);
        unit.putBlob(BlobContent.id(content), content.length, sink -> sink.write(content));
      }
      unit.append("entry".getBytes(UTF_8));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Begins work on a thread; returns while it compresses. */
  private static CompletableFuture<Void> begin(Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (IOException failed) {
                done.completeExceptionally(failed);
              }
            });
    thread.start();
    await()
        .pollInSameThread()
        .until(
            () ->
                done.isDone()
                    || Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("compress")));
    return done;
  }

  @Test
  void commitCoversWhatAnotherThreadIsFlushing() throws IOException {
    PackStore store = open(disk, catalog);
    fill(store);
    CompletableFuture<Void> flush = begin(store::flush);
    store.commit();
    CrashDisk left = disk.afterKill();
    CrashCatalog leftCatalog = catalog.afterKill();
    flush.join();
    store.close();
    try (PackStore again = open(left, leftCatalog)) {
      List<String> log = new ArrayList<>();
      again.scanLog(new byte[0], null, (key, entry) -> log.add(new String(entry, UTF_8)));
      assertEquals(List.of("entry"), log);
    }
  }

  @Test
  void flushCoversWhatAnotherThreadIsCommitting() throws IOException {
    PackStore store = open(disk, catalog);
    fill(store);
    CompletableFuture<Void> commit = begin(store::commit);
    store.flush();
    try (StoreReader reader = store.reader()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      reader.copyBlob(BlobContent.id(blob), blob.length, out);
      assertArrayEquals(blob, out.toByteArray());
    }
    commit.join();
    store.close();
  }
}
