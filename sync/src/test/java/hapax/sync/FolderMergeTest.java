package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.sync.format.DeliveredMessages;
import hapax.sync.format.LoadBuffer;
import hapax.sync.format.LoadedMessage;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FolderMergeTest {
  /** A message of which only the folder, the place in it and the time of delivery matter. */
  private record Named(int folder, int number, long delivered) implements SourceMessage {
    @Override
    public String place() {
      return folder + "/" + number;
    }

    @Override
    public Optional<Label> label() {
      return Optional.empty();
    }

    @Override
    public LoadedMessage load(LoadBuffer buffer) throws IOException {
      throw new IOException("not to be read");
    }

    @Override
    public Optional<Set<String>> flags() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> file() {
      return Optional.empty();
    }
  }

  private static List<SourceMessage> folder(int folder, Random random, int size) {
    List<SourceMessage> messages = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < size; i++) {
      time += random.nextInt(100);
      messages.add(new Named(folder, i, time));
    }
    return messages;
  }

  private static DeliveredMessages delivered(List<SourceMessage> folder) {
    Iterator<SourceMessage> messages = folder.iterator();
    return new DeliveredMessages() {
      @Override
      public SourceMessage next() {
        return messages.hasNext() ? messages.next() : null;
      }

      @Override
      public int held() {
        return folder.size();
      }
    };
  }

  private static List<Named> merged(List<List<SourceMessage>> folders) throws IOException {
    List<Named> order = new ArrayList<>();
    FolderMerge merge = new FolderMerge();
    for (List<SourceMessage> folder : folders) {
      merge.add(delivered(folder), run -> run.forEach(message -> order.add((Named) message)));
    }
    merge.finish();
    return order;
  }

  @Test
  void everyMessageComesOnceAndInTheOrderOfItsFolder() throws IOException {
    Random random = new Random(1);
    List<List<SourceMessage>> folders = new ArrayList<>();
    int[] sizes = {0, 1, 63, 500, 2_000};
    for (int i = 0; i < sizes.length; i++) {
      folders.add(folder(i, random, sizes[i]));
    }
    List<Named> order = merged(folders);
    for (int i = 0; i < sizes.length; i++) {
      int number = i;
      assertEquals(folders.get(i), order.stream().filter(m -> m.folder() == number).toList());
    }
    assertEquals(2_564, order.size());
  }

  @Test
  void copiesDeliveredTogetherComeTogether() throws IOException {
    List<List<SourceMessage>> folders = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      folders.add(folder(i, new Random(7), 300));
    }
    List<Named> order = merged(folders);
    for (int number = 0; number < 300; number++) {
      int wanted = number;
      int first = 0;
      while (order.get(first).number() != wanted) {
        first++;
      }
      int last = order.size() - 1;
      while (order.get(last).number() != wanted) {
        last--;
      }
      assertEquals(true, last - first < 2 * 256, "copies of " + number + " are far apart");
    }
  }
}
