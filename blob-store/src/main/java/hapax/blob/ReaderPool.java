package hapax.blob;

import java.io.Closeable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Readers for the store's own comparisons. */
final class ReaderPool implements Closeable {
  private final StoreParts parts;
  private final ConcurrentLinkedQueue<PackReader> idle = new ConcurrentLinkedQueue<>();

  ReaderPool(StoreParts parts) {
    this.parts = parts;
  }

  /** A reader for one thread, to be given back. */
  PackReader take() {
    PackReader reader = idle.poll();
    return reader == null ? new PackReader(parts.files(), parts.rows()) : reader;
  }

  void giveBack(PackReader reader) {
    idle.add(reader);
  }

  @Override
  public void close() {
    for (PackReader reader = idle.poll(); reader != null; reader = idle.poll()) {
      reader.close();
    }
  }
}
