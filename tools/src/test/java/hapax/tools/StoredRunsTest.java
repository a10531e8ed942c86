package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredRunsTest {
  private final List<Integer> lengths = new ArrayList<>();
  private final StoredRuns runs = new StoredRuns(run -> lengths.add(run.size()));
  @TempDir private Path folder;
  private RecordPlace place;
  private RecordPlace elsewhere;

  @BeforeEach
  void store() throws IOException {
    List<RecordPlace> two = StoredPlaces.of(folder, List.of("A: b\n\nc\n", "D: e\n\nf\n"));
    place = two.get(0);
    elsewhere = two.get(1);
  }

  private static StoredItem item(@Nullable RecordPlace at) {
    return new StoredItem(RecordId.of(new byte[32]), at, List.of(), () -> "");
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      runs.add(item(null));
    }
  }

  private void addBeside(int count, RecordPlace at) {
    for (int i = 0; i < count; i++) {
      runs.addBeside(item(at));
    }
  }

  @Test
  void messagesWithoutPlacesShouldGoInShortRuns() {
    runs.aimAt(1_000);
    add(600);
    runs.end();
    runs.end();
    assertEquals(List.of(256, 256, 88), lengths);
  }

  @Test
  void runShouldEndWithAGroupWhenItIsLongEnough() {
    runs.aimAt(400);
    addBeside(300, place);
    addBeside(200, elsewhere);
    addBeside(450, place);
    addBeside(1, elsewhere);
    runs.end();
    assertEquals(List.of(500, 450, 1), lengths);
  }

  @Test
  void messageWithoutAPlaceShouldEndARunThatIsLongerAlready() {
    addBeside(300, place);
    add(257);
    assertEquals(List.of(301, 256), lengths);
  }
}
