package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hapax.blob.BlobStore;
import hapax.blob.RecordPlace;
import hapax.sync.Account;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShownMessagesTest {
  @TempDir private Path folder;
  private int scans;

  /** An account of two items whose rows can not be read. */
  private Account unreadable() {
    return (Account)
        Proxy.newProxyInstance(
            Account.class.getClassLoader(),
            new Class<?>[] {Account.class},
            (self, method, words) -> answer(method.getName()));
  }

  private Object answer(String method) throws IOException {
    return switch (method) {
      case "mailboxes" -> List.of();
      case "shownItems" -> 2L;
      case "recordedSignatures" -> "";
      default -> {
        scans++;
        throw new IOException("rows can not be read");
      }
    };
  }

  @Test
  void indexThatCanNotBeReadShouldBeReadOnce() throws IOException {
    List<RecordPlace> two = StoredPlaces.of(folder, List.of("A: b\n\nc\n", "D: e\n\nf\n"));
    ShownMessages shown = new ShownMessages();
    assertEquals(2, shown.add("jane", unreadable()));
    List<StoredItem> items = new ArrayList<>();
    BlobStore.RecordOrder order = shown.inOrder(items::add);
    order.holders(2, 0);
    for (RecordPlace at : two) {
      order.record(at);
    }
    assertEquals(2, items.size());
    assertEquals(0, scans);
    for (StoredItem item : items) {
      IOException told = assertThrows(IOException.class, () -> item.place().text());
      assertEquals("rows can not be read", told.getMessage());
    }
    assertEquals(1, scans);
  }

  @Test
  void indexShouldBeReadWhenARecordIsLost() throws IOException {
    RecordPlace one = StoredPlaces.of(folder, List.of("A: b\n\nc\n")).get(0);
    ShownMessages shown = new ShownMessages();
    shown.add("jane", unreadable());
    BlobStore.RecordOrder order = shown.inOrder(item -> {});
    order.holders(2, 1);
    assertThrows(IOException.class, () -> order.record(one));
    assertEquals(1, scans);
  }
}
