package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobSource;
import java.nio.ByteBuffer;
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

  private final Map<BlobId, ByteBuffer> contents = new LinkedHashMap<>(16, 0.75f, true);
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
          add(id, ByteBuffer.wrap(content));
        });
  }

  /**
   * Takes up content that is stored, in an array that is not to be changed any more and has hardly
   * anything else.
   */
  synchronized void add(BlobId id, ByteBuffer content) {
    if (content.remaining() > LONGEST || contents.put(id, content) != null) {
      return;
    }
    held += content.remaining();
    Iterator<ByteBuffer> eldest = contents.values().iterator();
    while (held > MOST) {
      held -= eldest.next().remaining();
      eldest.remove();
    }
  }

  /** Finds what is held, and all else where {@code packs} finds it. */
  BlobSource before(BlobSource packs) {
    return (id, length, sink) -> {
      ByteBuffer content = get(id);
      if (content == null || content.remaining() != length) {
        packs.copyBlob(id, length, sink);
      } else {
        sink.write(content.array(), content.arrayOffset() + content.position(), (int) length);
      }
    };
  }

  private synchronized @Nullable ByteBuffer get(BlobId id) {
    byte[] coming = carried.get(id);
    return coming == null ? contents.get(id) : ByteBuffer.wrap(coming);
  }
}
