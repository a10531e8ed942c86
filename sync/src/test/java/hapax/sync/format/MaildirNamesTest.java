package hapax.sync.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that have more messages than are held at once. */
class MaildirNamesTest {
  private static final int HELD = 7;

  @TempDir Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(folder.resolve("new"));
    Files.createDirectory(folder.resolve("cur"));
  }

  private DeliveredMessages names(int most) {
    return new MaildirNames(new MaildirListing(folder, 2), new MaildirFlags(), most);
  }

  private static List<String> all(DeliveredMessages messages) throws IOException {
    List<String> all = new ArrayList<>();
    for (SourceMessage next = messages.next(); next != null; next = messages.next()) {
      all.add(next.file().orElseThrow().getFileName().toString());
      assertTrue(messages.held() <= HELD);
    }
    return all;
  }

  private void put(String entry) throws IOException {
    Files.createFile(folder.resolve(entry));
  }

  @Test
  void manyShouldComeInTheOrderOfDelivery() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      names.add(i + ".host");
    }
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(1));
    for (String name : shuffled) {
      put((name.hashCode() % 3 == 0 ? "new/" : "cur/") + name);
    }
    for (int held = 1; held <= HELD; held++) {
      assertEquals(names, all(names(held)));
    }
  }

  @Test
  void messageThatShowsTwiceShouldComeOnce() throws IOException {
    for (int i = 1; i <= 20; i++) {
      put("new/" + i + ".host");
      put("cur/" + i + ".host:2,S");
    }
    assertEquals(20, all(names(HELD)).size());
    assertEquals("20.host:2,S", all(names(1)).get(19));
  }

  @Test
  void whatArrivesMeanwhileShouldComeInItsTurn() throws IOException {
    for (int i = 1; i <= 20; i++) {
      put("cur/" + i + ".host");
    }
    DeliveredMessages messages = names(HELD);
    messages.next();
    put("new/21.host");
    assertEquals(20, all(messages).size());
  }

  @Test
  void emptyFolderShouldGiveNone() throws IOException {
    assertEquals(List.of(), all(names(HELD)));
  }

  /** The listing remembers two names only. */
  @Test
  void renamedMessagesOfALargeFolderShouldBeFoundAndVanishedOnesTold() throws IOException {
    for (int i = 10; i < 30; i++) {
      put("new/" + i + ".host");
    }
    MaildirListing listing = new MaildirListing(folder, 2);
    for (int i = 10; i < 30; i++) {
      String base = i + ".host";
      if (i % 2 == 0) {
        Files.delete(folder.resolve("new/" + base));
        assertEquals(Optional.empty(), listing.find(base, "new/" + base));
      } else {
        Files.move(folder.resolve("new/" + base), folder.resolve("cur/" + base + ":2,S"));
        assertEquals(Optional.of("cur/" + base + ":2,S"), listing.find(base, "new/" + base));
      }
    }
  }
}
