package hapax.tools;

import hapax.blob.RecordPlace;
import hapax.sync.MailStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the records of messages lie. */
final class StoredPlaces {
  private StoredPlaces() {}

  /** Imports messages into a store in {@code folder}, each into a group of its own. */
  static List<RecordPlace> of(Path folder, List<String> messages) throws IOException {
    Path store = folder.resolve("store");
    Path file = folder.resolve("one.eml");
    for (String message : messages) {
      Files.writeString(file, message);
      new Runs(store).json("import", "--account", "jane", "--mailbox", "INBOX", file.toString());
    }
    List<RecordPlace> places = new ArrayList<>();
    try (MailStore mail = MailStore.open(store, false)) {
      mail.blobs().scanHeldInOrder(places::add);
    }
    return places;
  }
}
