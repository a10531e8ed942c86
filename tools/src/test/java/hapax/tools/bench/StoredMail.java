package hapax.tools.bench;

import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.reconstruct.Deliverer;
import hapax.reconstruct.MessageInput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The records of a few messages in a store of their own, which is gone once this is closed. */
final class StoredMail implements Closeable {
  private final Path folder = Files.createTempDirectory("hapax-bench-");
  private final BlobStore store = BlobStore.open(folder, true, (entry, rows) -> entry);
  private final StoreReader reader = store.reader();
  private final List<StoredRecord> records = new ArrayList<>();

  StoredMail(byte[][] messages) throws IOException {
    List<RecordId> ids = new ArrayList<>();
    try (Deliverer deliverer = new Deliverer(store)) {
      for (byte[] message : messages) {
        MessageInput input = new MessageInput.Bytes(message, message.length);
        ids.add(deliverer.deliver(input, (unit, delivered) -> {}).message());
      }
    }
    store.commit();
    for (RecordId id : ids) {
      records.add(reader.record(id).orElseThrow());
    }
  }

  StoreReader reader() {
    return reader;
  }

  StoredRecord record(int number) {
    return records.get(number);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    store.close();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
