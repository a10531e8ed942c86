package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.RecordId;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.MailboxId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which expunged item a digest means. */
class ExpungedNameTest {
  private static final MailboxName PLACE = MailboxName.parse("jane/Work");

  private static ExpungedName named(String digits) {
    return new ExpungedName.OfDigest(MessageName.OfDigest.parse(digits), PLACE);
  }

  private static Item item(long id, String digest, long expunged) {
    Instant when = Instant.ofEpochSecond(expunged);
    return new Item(
        new ItemId(0, id),
        new MailboxId(1, id),
        1,
        RecordId.parse(digest),
        9,
        Collections.emptySortedSet(),
        Instant.EPOCH,
        Instant.EPOCH,
        Optional.of(when));
  }

  @Test
  void digitsThatSeveralMessagesStartWithShouldBeRefused() {
    Item one = item(1, "01234567" + "a".repeat(56), 1);
    Item two = item(2, "01234567" + "b".repeat(56), 2);
    ExpungedName both = named("01234567");
    assertTrue(both.fits(one) && both.fits(two));
    FailedException refusal =
        assertThrows(FailedException.class, () -> both.oneOf(List.of(one, two)));
    assertEquals(
        "more than one message starts with 01234567: give more digits", refusal.getMessage());
    assertTrue(named("01234567A").fits(one));
    assertFalse(named("01234567A").fits(two));
  }

  @Test
  void ofSeveralItemsOfAMessageTheLastToGoShouldBeMeant() throws Exception {
    String digest = "01234567".repeat(8);
    Item early = item(9, digest, 1);
    Item late = item(1, digest, 2);
    Item lateToo = item(2, digest, 2);
    assertEquals(late, named(digest).oneOf(List.of(early, late)));
    assertEquals(late, named(digest).oneOf(List.of(late, early)));
    assertEquals(lateToo, named(digest).oneOf(List.of(lateToo, late)), "whatever the order");
    assertEquals(lateToo, named(digest).oneOf(List.of(late, lateToo)), "whatever the order");
  }
}
