package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content that came lately, compared with its id and stored: messages are proven with it, so that
 * it need not be read back and decoded once more. For any thread.
 */
final class Recent {
  /** Bytes that are held. */
  private static final int MOST = 16 << 20;

  /** Longest content that is held: to read longer ones back costs little for their length. */
  private static final int LONGEST = 256 << 10;

  private final Map<BlobId, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  /** Takes up content, which is not to be changed any more. */
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
    return contents.get(id);
  }
}
