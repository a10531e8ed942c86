package hapax.blob;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Lets one thread at a time store the content of an id; the others wait and then find it there. */
final class Claims {
  private final ConcurrentHashMap<BlobId, CountDownLatch> claims = new ConcurrentHashMap<>();

  /** What is done under a claim. */
  interface Work {
    PutResult run() throws IOException;
  }

  PutResult with(BlobId id, Work work) throws IOException {
    CountDownLatch mine = new CountDownLatch(1);
    for (CountDownLatch other = claims.putIfAbsent(id, mine);
        other != null;
        other = claims.putIfAbsent(id, mine)) {
      await(other);
    }
    try {
      return work.run();
    } finally {
      claims.remove(id);
      mine.countDown();
    }
  }

  private static void await(CountDownLatch other) throws IOException {
    try {
      other.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException(
          "interrupted while another thread stores the same content");
    }
  }
}
