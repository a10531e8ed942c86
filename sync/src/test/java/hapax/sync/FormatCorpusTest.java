package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.RecordId;
import hapax.sync.format.MailSource;
import hapax.sync.format.MailTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real messages and mailboxes through every format. */
class FormatCorpusTest {
  @TempDir Path root;
  private final LogMailStore store;
  private Path corpus = Path.of("");

  FormatCorpusTest() throws IOException {
    store = new LogMailStore(new StoringBlobs(), Identity.inMemory(1), Instant::now);
  }

  @BeforeEach
  void findCorpus() {
    String place = System.getProperty("hapax.corpus", "");
    corpus = Path.of(place);
    Assumptions.assumeTrue(
        !place.isEmpty() && Files.isDirectory(corpus), "no corpus at hapax.corpus=" + place);
  }

  private ImportReport takeIn(String account, String word) throws IOException {
    MailSource source = MailSource.of(word, InputStream.nullInputStream());
    return new Importer(store).run(List.of(new ImportJob(account, Optional.empty(), source)));
  }

  private List<String> digests(String account) throws IOException {
    List<String> digests = new ArrayList<>();
    Account from = store.account(account).orElseThrow();
    for (Mailbox mailbox : from.mailboxes()) {
      from.items(mailbox.id(), 1, item -> digests.add(item.message().toString()));
    }
    digests.sort(null);
    return digests;
  }

  private static String digest(Path file) {
    try {
      return RecordId.of(Digests.sha256().digest(Files.readAllBytes(file))).toString();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Test
  void everyFileShouldPassThroughEveryFormat() throws IOException {
    List<String> wanted;
    try (Stream<Path> files = Files.walk(corpus)) {
      wanted =
          files
              .filter(f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith("."))
              .map(FormatCorpusTest::digest)
              .sorted()
              .toList();
    }
    assertEquals(0, takeIn("a", "eml:" + corpus).failed());
    assertEquals(wanted, digests("a"));
    String from = "a";
    for (String format : List.of("maildir", "mbox", "eml")) {
      Account account = store.account(from).orElseThrow();
      MailTarget target = MailTarget.of(format + ":" + root.resolve(format));
      ExportReport report =
          new Exporter(store).run(List.of(new ExportJob(account, Optional.empty(), target)));
      assertEquals(List.of(), report.failures());
      assertEquals(wanted.size(), report.messages());
      from += "a";
      takeIn(from, format + ":" + root.resolve(format));
      assertEquals(wanted, digests(from));
    }
  }

  @Test
  void mboxShouldHoldTheMessagesThatOthersFoundInIt() throws IOException {
    Path folder = corpus.resolve("james-mime4j/mbox/src/test/resources/test-1");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no mbox of that name in the corpus");
    takeIn("a", folder.resolve("mbox.rlug.mbox").toString());
    List<String> found = digests("a");
    for (int i = 0; i < 5; i++) {
      // They count the blank line that separates messages among each message's bytes; we do not.
      byte[] theirs = Files.readAllBytes(folder.resolve("mbox.rlug-" + i + ".eml"));
      byte[] expected = Arrays.copyOf(theirs, theirs.length - 1);
      String digest = RecordId.of(Digests.sha256().digest(expected)).toString();
      assertTrue(found.contains(digest), "message " + i + " of " + expected.length + " bytes");
    }
    assertEquals(5, found.size());
  }

  @Test
  void maildirsShouldComeInWithTheirFolders() throws IOException {
    Path folder = corpus.resolve("notmuch/test/corpora/default");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no Maildir of that name in the corpus");
    assertEquals(0, takeIn("a", folder.toString()).failed());
    assertEquals(
        List.of("INBOX", "bar", "bar/baz", "foo", "foo/baz"),
        store.account("a").orElseThrow().mailboxes().stream().map(Mailbox::name).toList());
  }
}
