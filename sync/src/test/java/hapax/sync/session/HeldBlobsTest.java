package hapax.sync.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.BlobId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldBlobsTest {
  private static final int MIB = 1 << 20;

  private final HeldBlobs held = HeldBlobs.some();
  private final Random random = new Random(7);

  @AfterEach
  void others() {
    held.close();
  }

  @Test
  void allSessionsTogetherHold32MiB() throws IOException {
    try (HeldBlobs other = HeldBlobs.some()) {
      for (int i = 0; i < 6; i++) {
        assertTrue(take(i, 4 * MIB));
      }
      assertNotNull(other.room(4 * MIB));
      assertNotNull(other.room(4 * MIB));
      assertNull(other.room(1));
      assertFalse(take(6, 1));
    }
    assertTrue(take(6, 4 * MIB));
    held.close();
    assertNull(held.room(1), "closed");
    try (HeldBlobs next = HeldBlobs.some()) {
      for (int i = 0; i < 8; i++) {
        assertNotNull(next.room(4 * MIB));
      }
    }
  }

  private static BlobId id(int number) {
    return BlobId.of(ByteBuffer.allocate(32).putInt(number).array());
  }

  /** Bytes that say which blob they are of. */
  private static byte[] content(int number, int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) number);
    return content;
  }

  private boolean take(int number, int length) throws IOException {
    ByteBuffer room = held.room(length);
    if (room == null) {
      return false;
    }
    assertEquals(length, room.remaining());
    held.hold(id(number), room.put(content(number, length)).flip());
    return true;
  }

  private byte[] read(int number, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return held.copyTo(id(number), length, out) ? out.toByteArray() : null;
  }

  /** A blob: its number, its length, and how far room was given when it was in. */
  private record Taken(int number, int length, long mark) {}

  @Test
  void whatIsNotReleasedIsThereAndWhatIsThereIsRight() throws IOException {
    List<Taken> all = new ArrayList<>();
    int released = 0;
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 4 * MIB : MIB / 2);
      if (take(i, length)) {
        all.add(new Taken(i, length, held.mark()));
      } else {
        refused++;
      }
      if (random.nextInt(4) == 0 && released < all.size()) {
        released += random.nextInt(all.size() - released + 1);
        held.release(released == 0 ? 0 : all.get(released - 1).mark());
      }
      for (int k = Math.max(0, all.size() - 50); k < all.size(); k++) {
        check(all.get(k), k >= released);
      }
      for (int k = 0; k < all.size(); k += 1 + random.nextInt(30)) {
        check(all.get(k), k >= released);
      }
    }
    assertTrue(refused < 100, refused + " of 400 found no room");
    assertNull(read(all.get(0).number(), all.get(0).length()));
  }

  private void check(Taken blob, boolean mustBeThere) throws IOException {
    byte[] there = read(blob.number(), blob.length());
    if (mustBeThere) {
      assertNotNull(there, "blob " + blob.number());
    }
    if (there != null) {
      assertArrayEquals(content(blob.number(), blob.length()), there);
    }
  }

  @Test
  void itHolds32MiBAndNoMoreUntilSomeAreReleased() throws IOException {
    for (int i = 0; i < 8; i++) {
      assertTrue(take(i, 4 * MIB));
    }
    assertFalse(take(8, 1));
    held.release(4 * MIB);
    assertTrue(take(8, 4 * MIB));
    assertFalse(take(9, 1));
  }

  @Test
  void roomBetweenTwoArraysIsNotGiven() throws IOException {
    assertTrue(take(1, 3 * MIB));
    assertTrue(take(2, 2 * MIB));
    assertEquals(6 * MIB, held.mark());
    assertArrayEquals(content(1, 3 * MIB), read(1, 3 * MIB));
    assertArrayEquals(content(2, 2 * MIB), read(2, 2 * MIB));
  }

  @Test
  void blobsThatAreTooLongOrEmptyAreNotHeld() throws IOException {
    assertNull(held.room(4 * MIB + 1));
    assertNull(held.room(Long.MAX_VALUE));
    assertNull(held.room(0));
    assertNull(HeldBlobs.NONE.room(1));
  }

  @Test
  void aBlobOfAnotherLengthIsAnother() throws IOException {
    take(1, 1000);
    assertNull(read(1, 999));
  }

  @Test
  void ofABlobThatCameTwiceTheLaterCopyIsHeld() throws IOException {
    take(1, MIB);
    held.release(held.mark());
    take(1, MIB);
    for (int i = 2; i < 33; i++) {
      assertTrue(take(i, MIB));
    }
    assertFalse(take(40, MIB));
    assertArrayEquals(content(1, MIB), read(1, MIB));
  }

  @Test
  void whoNeedsRoomThatIsHandedOverWaitsUntilItIsReleased() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertTrue(take(i, 4 * MIB));
    }
    assertFalse(take(8, 1), "nobody is to release any");
    long mark = held.handOver();
    FutureTask<Boolean> taking = new FutureTask<>(() -> take(8, 4 * MIB));
    Thread taker = new Thread(taking);
    taker.start();
    await().until(() -> taker.getState() == Thread.State.WAITING);
    held.release(mark - 28 * MIB);
    assertTrue(taking.get());
    assertFalse(take(9, 4 * MIB + 1));
  }

  @Test
  void whoWaitsForRoomGoesOnWhenNobodyReadsAnyMore() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertTrue(take(i, 4 * MIB));
    }
    held.handOver();
    FutureTask<Boolean> taking = new FutureTask<>(() -> take(8, MIB));
    Thread taker = new Thread(taking);
    taker.start();
    await().until(() -> taker.getState() == Thread.State.WAITING);
    held.close();
    assertFalse(taking.get());
  }

  /** What was released stays until its room is needed, and may be read. */
  @Test
  void roomOfABlobThatIsBeingReadIsNotGiven() throws IOException {
    for (int i = 0; i < 8; i++) {
      assertTrue(take(i, 4 * MIB));
    }
    held.release(held.mark());
    List<Boolean> given = new ArrayList<>();
    OutputStream reading =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("a byte");
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            given.add(held.room(MIB) != null);
          }
        };
    assertTrue(held.copyTo(id(0), 4 * MIB, reading));
    assertTrue(held.copyTo(id(1), 4 * MIB, reading));
    assertEquals(List.of(false, true), given);
    assertNull(read(0, 4 * MIB), "its room was given");
  }
}
