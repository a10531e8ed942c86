package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content that came lately and was compared with its id: messages are proven with it, so that it
 * need not be read back and decoded once more. What came with a batch is held until it is stored
 * with it, all else as long as there is room. For any thread.
 */
final class Recent {
  /** Bytes that are held. */
  private static final int MOST = 16 << 20;

  /** Longest content that is held: to read longer ones back costs little for their length. */
  private static final int LONGEST = 256 << 10;

  private final Map<BlobId, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<BlobId, byte[]> carried = new HashMap<>();
  private long held;

  /** Holds what came with a batch, until it is {@linkplain #release released}. */
  synchronized void carry(Map<BlobId, byte[]> contents) {
    carried.putAll(contents);
  }

  /** The batch is stored. */
  synchronized void release(Map<BlobId, byte[]> stored) {
    stored.forEach(
        (id, content) -> {
          carried.remove(id, content);
          add(id, content);
        });
  }

  /** Takes up content that is stored; it is not to be changed any more. */
  synchronized void add(BlobId id, byte[] content) {
    if (content.length > LONGEST || contents.put(id, content) != null) {
      return;
    }
    held += content.length;
    Iterator<byte[]> eldest = contents.values().iterator();
    while (held > MOST) {
      held -= eldest.next().length;
      eldest.remove();
    }
  }

  /** Finds what is held, and all else where {@code packs} finds it. */
  BlobSource before(BlobSource packs) {
    return (id, length, sink) -> {
      byte[] content = get(id);
      if (content == null || content.length != length) {
        packs.copyBlob(id, length, sink);
      } else {
        sink.write(content);
      }
    };
  }

  private synchronized byte @Nullable [] get(BlobId id) {
    byte[] coming = carried.get(id);
    return coming == null ? contents.get(id) : coming;
  }
}
