package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.sync.VersionVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent in the end of what was changed in the midst of a session. */
class OwnChangesTest {
  @TempDir Path folder;
  private TestStore here;
  private TestStore third;
  private SortedMap<String, VersionVector> before;

  @BeforeEach
  void open() throws IOException {
    here = new TestStore(folder.resolve("here"));
    third = new TestStore(folder.resolve("third"));
    here.deliver("jane", "INBOX", TestStore.message(1, 0, 0));
    here.mail.commit();
    here.sync(third);
    before = here.mail.replication().vectors();
  }

  @AfterEach
  void close() throws IOException {
    here.close();
    third.close();
  }

  /** Takes what was changed here since; says how many changes of it are sent. */
  private int sent(Map<String, VersionVector> acknowledged) throws IOException {
    Agreement agreement = new Agreement(7, true, true, Optional.empty(), before, new TreeMap<>());
    try (var reader = here.mail.blobs().reader()) {
      BatchCutter cutter =
          new BatchCutter(
              here.mail.replication(),
              reader,
              agreement.with(new TreeMap<>(), new TreeMap<>()),
              (account, message) -> true);
      OwnChanges own = new OwnChanges(here.mail, agreement, new TreeSet<>(before.keySet()), cutter);
      if (!own.isNeeded(false)) {
        return 0;
      }
      own.begin(acknowledged);
      BatchCutter.@Nullable Cut cut = cutter.next();
      assertNull(cutter.next());
      return cut == null ? 0 : cut.batch().entries().size();
    }
  }

  @Test
  void nothingIsSentWhereNothingWasChanged() throws IOException {
    assertEquals(0, sent(before));
  }

  @Test
  void whatIsSentIsDurable() throws IOException {
    here.deliver("jane", "INBOX", TestStore.message(2, 0, 0));
    here.mail.blobs().flush();
    assertTrue(here.mail.blobs().uncommittedBytes() > 0);
    assertEquals(1, sent(before));
    assertEquals(0, here.mail.blobs().uncommittedBytes());
  }

  @Test
  void whoDidNotTakeAllThatItBuildsOnTakesNothingMore() throws IOException {
    here.deliver("jane", "INBOX", TestStore.message(2, 0, 0));
    here.mail.commit();
    assertEquals(0, sent(Map.of()));
  }

  /** They may build on changes that the peer does not know. */
  @Test
  void nothingIsSentWhereChangesOfAThirdStoreCameMeanwhile() throws IOException {
    third.deliver("jane", "INBOX", TestStore.message(3, 0, 0));
    third.mail.commit();
    third.sync(here);
    here.deliver("jane", "INBOX", TestStore.message(2, 0, 0));
    here.mail.commit();
    assertFalse(before.equals(here.mail.replication().vectors()));
    assertEquals(0, sent(before));
  }
}
