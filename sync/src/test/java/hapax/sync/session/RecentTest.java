package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.blob.BlobId;
import hapax.blob.BlobSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static final byte[] OF_PACKS = {1};

  private final Recent recent = new Recent();
  private final List<BlobId> readFromPacks = new ArrayList<>();
  private final BlobSource source =
      recent.before(
          (id, length, sink) -> {
            readFromPacks.add(id);
            sink.write(OF_PACKS);
          });

  private static BlobId id(int number) {
    byte[] hash = new byte[32];
    hash[0] = (byte) number;
    hash[1] = (byte) (number >> 8);
    return BlobId.of(hash);
  }

  private byte[] read(BlobId id, long length) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    source.copyBlob(id, length, sink);
    return sink.toByteArray();
  }

  @Test
  void contentThatCameIsNotReadBack() throws IOException {
    recent.add(id(1), ByteBuffer.wrap(new byte[] {7, 8}));
    assertArrayEquals(new byte[] {7, 8}, read(id(1), 2));
    assertEquals(List.of(), readFromPacks);
  }

  @Test
  void contentOfAnotherLengthIsLookedForInThePacks() throws IOException {
    recent.add(id(1), ByteBuffer.wrap(new byte[] {7, 8}));
    assertArrayEquals(OF_PACKS, read(id(1), 3));
  }

  @Test
  void longContentIsReadBack() throws IOException {
    recent.add(id(1), ByteBuffer.wrap(new byte[(256 << 10) + 1]));
    assertArrayEquals(OF_PACKS, read(id(1), (256 << 10) + 1));
  }

  @Test
  void whatWasUsedLongAgoIsLetGoOf() throws IOException {
    int length = 256 << 10;
    for (int i = 0; i < 65; i++) {
      recent.add(id(i), ByteBuffer.wrap(new byte[length]));
      read(id(0), length);
    }
    readFromPacks.clear();
    for (int i = 0; i < 65; i++) {
      read(id(i), length);
    }
    assertEquals(List.of(id(1)), readFromPacks);
  }
}
