package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hapax.blob.RecordId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemIdsTest {
  private static final MailboxId MAILBOX = new MailboxId(1, 2);
  private static final byte[] DIGEST = Digests.sha256().digest(new byte[] {42});

  private final ItemIds ids = new ItemIds();

  /** The first 16 bytes of SHA-256 over the fields, as the page has it. */
  private static ItemId spelled(char kind, byte[]... fields) {
    ByteBuffer all = ByteBuffer.allocate(200);
    all.putLong(1).putLong(2).put((byte) kind);
    for (byte[] field : fields) {
      all.put(field);
    }
    byte[] bytes = new byte[all.position()];
    all.flip().get(bytes);
    return ItemId.readFrom(ByteBuffer.wrap(Digests.sha256().digest(bytes)));
  }

  @Test
  void idsShouldBeMadeOfTheFieldsOnThePage() {
    byte[] name = "1.fée".getBytes(StandardCharsets.UTF_8);
    assertEquals(spelled('n', name), ids.named(MAILBOX, "1.fée"));
    assertEquals(spelled('d', DIGEST, name), ids.named(MAILBOX, "1.fée", RecordId.of(DIGEST)));
    assertEquals(spelled('c', DIGEST, new byte[] {0, 0, 1, 2}), ids.content(MAILBOX, DIGEST, 258));
  }

  @Test
  void mailboxAndOccurrenceShouldTellItemsApart() {
    assertNotEquals(ids.named(MAILBOX, "a"), ids.named(new MailboxId(1, 3), "a"));
    assertNotEquals(ids.content(MAILBOX, DIGEST, 0), ids.content(MAILBOX, DIGEST, 1));
  }

  @Test
  void occurrencesShouldCountEachDigestByItself() {
    Occurrences occurrences = new Occurrences();
    Random random = new Random(16);
    byte[][] digests = new byte[3000][32];
    for (byte[] digest : digests) {
      random.nextBytes(digest);
    }
    for (int round = 0; round < 3; round++) {
      for (byte[] digest : digests) {
        assertEquals(round, occurrences.next(digest));
      }
    }
  }
}
