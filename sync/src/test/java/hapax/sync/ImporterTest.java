package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Intake;
import hapax.reconstruct.MessageReader;
import hapax.sync.format.AccountFolders;
import hapax.sync.format.MailSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final Instant DATE = Instant.parse("2011-12-13T14:15:16.178Z");

  @TempDir Path root;
  private final StoringBlobs blobs = new StoringBlobs();
  private final LogMailStore store;

  ImporterTest() throws IOException {
    store = new LogMailStore(blobs, Identity.inMemory(1), Instant::now);
  }

  private Path put(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    Files.setLastModifiedTime(file, FileTime.from(DATE));
    return file;
  }

  private Importer importer() {
    return new Importer(store);
  }

  private ImportReport run(Importer importer, String... words) throws IOException {
    List<ImportJob> jobs = new ArrayList<>();
    for (String word : words) {
      MailSource source =
          MailSource.of(word, new ByteArrayInputStream("piped".getBytes(StandardCharsets.UTF_8)));
      jobs.add(new ImportJob("jane", Optional.empty(), source));
    }
    return importer.run(jobs);
  }

  private ImportReport run(String... words) throws IOException {
    return run(importer(), words);
  }

  private Account jane() throws IOException {
    return store.account("jane").orElseThrow();
  }

  private List<Item> items(String mailbox) throws IOException {
    List<Item> items = new ArrayList<>();
    jane().items(jane().mailbox(mailbox).orElseThrow().id(), 1, items::add);
    return items;
  }

  private List<String> texts(String mailbox) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Item item : items(mailbox)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertTrue(new MessageReader(blobs.reader()).copyTo(item.message(), out));
      texts.add(out.toString(StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  private static void assertCounts(ImportReport report, long added, long known, long failed) {
    assertEquals(
        List.of(added, known, failed),
        List.of(report.added(), report.known(), report.failed()),
        report.toString());
  }

  @Test
  void maildirShouldComeInWithNamesFlagsKeywordsAndDates() throws IOException {
    put("cur/1.a:2,FSa", "A: 1\n\nx");
    put("dovecot-keywords", "0 work\n");
    put(".Lists.f&AOk-e/new/1.b", "B: 2\n\ny");
    Files.createDirectories(root.resolve(".Empty/cur"));
    assertCounts(run(root.toString()), 2, 0, 0);
    assertEquals(
        List.of("INBOX", "Empty", "Lists/fée"),
        jane().mailboxes().stream().map(Mailbox::name).toList());
    Item item = items("INBOX").get(0);
    assertEquals(Set.of("\\Flagged", "\\Seen", "work"), item.flags());
    assertEquals(DATE, item.internalDate());
    assertEquals(List.of("B: 2\n\ny"), texts("Lists/fée"));
  }

  @Test
  void mailboxShouldBeTheRootWhenTold() throws IOException {
    put("cur/1.a", "x");
    put(".Sent/cur/1.b", "y");
    MailSource source = MailSource.of(root.toString(), InputStream.nullInputStream());
    importer().run(List.of(new ImportJob("jane", Optional.of("Old"), source)));
    assertEquals(List.of("x"), texts("Old"));
    assertEquals(List.of("y"), texts("Old/Sent"));
  }

  @Test
  void secondImportShouldAddNothingAndReadNoMessage() throws IOException {
    put("cur/1.a:2,S", "x");
    put("new/2.b", "y");
    run(root.toString());
    int read = blobs.recordsRead;
    long log = blobs.log.log.size();
    put("cur/1.a:2,S", "z");
    assertCounts(run(root.toString()), 0, 2, 0);
    assertEquals(read, blobs.recordsRead);
    assertEquals(log, blobs.log.log.size());
    assertEquals(List.of("x", "y"), texts("INBOX"));
  }

  @Test
  void secondImportShouldAddWhatIsNewAndTakeOverChangedFlags() throws IOException {
    Path file = put("new/1.a", "x");
    run(root.toString());
    Files.createDirectories(root.resolve("cur"));
    Files.move(file, root.resolve("cur/1.a:2,FS"));
    put("cur/2.b:2,", "y");
    ImportReport report = run(root.toString());
    assertCounts(report, 1, 1, 0);
    assertEquals(1, report.flagged());
    assertEquals(Set.of("\\Flagged", "\\Seen"), items("INBOX").get(0).flags());
    Files.move(root.resolve("cur/1.a:2,FS"), root.resolve("cur/1.a:2,"));
    run(root.toString());
    assertEquals(Set.of(), items("INBOX").get(0).flags());
  }

  @Test
  void expungedItemShouldNotComeBack() throws IOException {
    put("cur/1.a:2,", "x");
    run(root.toString());
    try (Intake unit = blobs.intake()) {
      jane().expunge(unit, items("INBOX").get(0).id());
    }
    assertCounts(run(root.toString()), 0, 1, 0);
    assertEquals(List.of(), items("INBOX"));
  }

  @Test
  void forgottenItemShouldNotComeBackAndItsOriginalShouldStay() throws IOException {
    Path named = put("mail/cur/1.a:2,", "x");
    Path single = put("y.eml", "y");
    String[] sources = {root.resolve("mail").toString(), single.toString()};
    assertCounts(run(sources), 2, 0, 0);
    for (Item item : items("INBOX")) {
      try (Intake unit = blobs.intake()) {
        jane().expunge(unit, item.id());
        ((LogAccount) jane()).forget(unit, Instant.now().toEpochMilli() + 1000);
      }
    }
    assertCounts(run(sources), 0, 2, 0);
    assertEquals(0, run(importer().deletingOriginals(true), sources).deleted());
    assertEquals(List.of(), items("INBOX"));
    assertTrue(Files.exists(named) && Files.exists(single));
  }

  @Test
  void otherMessageUnderAKnownNameShouldBeAnItemOfItsOwn() throws IOException {
    put("cur/1.a:2,", "x");
    run(root.toString());
    put("cur/1.a:2,", "another");
    assertCounts(run(root.toString()), 1, 0, 0);
    assertCounts(run(root.toString()), 0, 1, 0);
    assertEquals(List.of("x", "another"), texts("INBOX"));
  }

  @Test
  void sameMessageWithAnotherDateShouldBeKnown() throws IOException {
    Path file = put("cur/1.a:2,", "x");
    run(root.toString());
    Files.setLastModifiedTime(file, FileTime.from(DATE.plusSeconds(1)));
    assertCounts(run(root.toString()), 0, 1, 0);
  }

  @Test
  void equalMessagesShouldBeTwoItemsAndOneMessage() throws IOException {
    put("cur/1.a:2,", "x");
    put("cur/2.b:2,", "x");
    assertCounts(run(root.toString()), 2, 0, 0);
    assertEquals(1, blobs.records.size());
  }

  @Test
  void uidsShouldAscendInTheOrderOfTheSource() throws IOException {
    Random random = new Random(7);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String text = i + "\n" + "x".repeat(i % 97 == 0 ? 300_000 : random.nextInt(50));
      put("cur/" + (1_000_000_000 + i) + ".M1.h:2,", text);
      expected.add(text);
    }
    assertCounts(run(root.toString()), 1000, 0, 0);
    assertEquals(expected, texts("INBOX"));
    assertEquals(1000, items("INBOX").get(999).uid());
  }

  @Test
  void mboxShouldComeInAndComeAgainWithoutBeingAdded() throws IOException {
    String from = "From a@b Thu Jan  2 03:04:05 2003\n";
    String one = "A: 1\nStatus: O\n\nx\n";
    Path file = put("box.mbox", from + one + "\n" + from + one + "\n" + from + "B: 2\n\ny\n\n");
    assertCounts(run(file.toString()), 3, 0, 0);
    assertCounts(run(file.toString()), 0, 3, 0);
    put("box.mbox", from + one + "\n" + from + one.replace("O", "RO") + "\n" + from + one + "\n");
    ImportReport report = run(file.toString());
    assertCounts(report, 1, 2, 0);
    assertEquals(1, report.flagged());
    assertEquals(List.of(one, one, "B: 2\n\ny\n", one), texts("box"));
    assertEquals(Set.of("\\Seen"), items("box").get(1).flags());
    assertEquals(Instant.parse("2003-01-02T03:04:05Z"), items("box").get(0).internalDate());
  }

  @Test
  void messageWhoseRecordWasSweptShouldBeReadAgain() throws IOException {
    String from = "From a@b Thu Jan  2 03:04:05 2003\n";
    Path file = put("box.mbox", from + "x\n\n" + from + "y\n\n");
    run(file.toString());
    Item first = items("box").get(0);
    try (Intake unit = blobs.intake()) {
      jane().expunge(unit, first.id());
    }
    blobs.records.remove(first.message());
    put("box.mbox", from + "x\n\n" + from + "x\n\n");
    assertCounts(run(file.toString()), 1, 1, 0);
    assertEquals("x\n", texts("box").get(1));
  }

  @Test
  void emlFoldersShouldComeInWithTheirFoldersAndAnyBytes() throws IOException {
    put("1.eml", "");
    put("Sub/2.eml", "\0\r\nFrom x\n");
    put("Sub/3.eml", "\0\r\nFrom x\n");
    put("Sub/readme", "no mail at all");
    put("Sub/4", "Subject: x\nFrom: y\n\nz");
    ImportReport report = run(root.toString());
    assertCounts(report, 4, 0, 0);
    assertEquals(1, report.skipped().size());
    assertEquals(
        List.of("\0\r\nFrom x\n", "\0\r\nFrom x\n", "Subject: x\nFrom: y\n\nz"), texts("Sub"));
    assertCounts(run(root.toString()), 0, 4, 0);
  }

  @Test
  void oneFileAndStandardInputShouldBeOneMessage() throws IOException {
    Path file = put("odd\nname", "\1\2\3");
    assertCounts(run(file.toString(), "-"), 2, 0, 0);
    assertEquals(
        Set.of("\1\2\3", "piped"), Set.copyOf(texts("INBOX")), "two sources are two orders");
    assertCounts(run(file.toString(), "-"), 0, 2, 0);
  }

  @Test
  void accountsShouldComeFromAllThreeLayouts() throws IOException {
    put("jane/Maildir/cur/1.a", "x");
    put("joe/new/1.b", "y");
    put("example.org/ann/Maildir/cur/1.c", "z");
    put("empty/file", "");
    List<ImportJob> jobs = new ArrayList<>();
    ImportTally problems = new ImportTally(Progress.NONE);
    for (AccountFolders.AccountSource each : AccountFolders.list(root, problems)) {
      jobs.add(new ImportJob(each.account(), Optional.empty(), each.source()));
    }
    assertCounts(importer().run(jobs), 3, 0, 0);
    assertEquals(List.of("ann@example.org", "jane", "joe"), store.accounts());
  }

  @Test
  void unreadableFilesShouldBeToldAndTheRestGoOn() throws IOException {
    put("cur/1.a", "x");
    Files.createDirectories(root.resolve("cur/2.folder"));
    put("cur/3.b", "y");
    put(".Sent/cur/1.c", "z");
    ImportReport report = run(root.toString());
    assertCounts(report, 3, 0, 1);
    assertEquals("not a regular file", report.failures().get(0).reason());
    assertEquals(4, report.seen());
  }

  @Test
  void mailboxThatCanHaveNoSuchNameShouldFailAlone() throws IOException {
    put("cur/1.a", "x");
    Path deep = root;
    for (int i = 0; i < 6; i++) {
      deep = deep.resolve("n".repeat(200));
    }
    Files.createDirectories(deep.resolve("cur"));
    Files.writeString(deep.resolve("cur/1.b"), "y");
    put(".Z/cur/1.c", "z");
    assertCounts(run(root.toString()), 2, 0, 1);
    assertEquals(List.of("z"), texts("Z"));
  }

  @Test
  void fullDiskShouldStopTheImportAndTheNextOneShouldGoOn() throws IOException {
    for (int i = 0; i < 300; i++) {
      put("cur/" + i + ".a", "message " + i);
    }
    blobs.room = 100;
    IOException full = assertThrows(IOException.class, () -> run(root.toString()));
    assertEquals(StoringBlobs.full().getMessage(), full.getMessage());
    blobs.free();
    ImportReport report = run(root.toString());
    assertEquals(300, report.added() + report.known());
    assertEquals(300, items("INBOX").size());
  }

  @Test
  void messagesThatVanishOrMoveMeanwhileShouldNotFail() throws Exception {
    int count = 1000;
    for (int i = 0; i < count; i++) {
      put("new/" + (1000 + i) + ".a", "message " + i);
    }
    Files.createDirectories(root.resolve("cur"));
    Thread mover =
        new Thread(
            () -> {
              for (int i = count - 1; i >= 0; i--) {
                move(i);
              }
            });
    mover.start();
    ImportReport report = run(root.toString());
    mover.join();
    assertEquals(0, report.failed(), report.toString());
    assertTrue(report.vanished() <= count / 10);
    assertCounts(run(root.toString()), 0, count - count / 10, 0);
    List<String> all = texts("INBOX");
    for (int i = 0; i < count; i++) {
      assertTrue(i % 10 == 0 || all.contains("message " + i), "message " + i);
    }
    assertEquals(
        count - count / 10,
        items("INBOX").stream().filter(item -> item.flags().contains("\\Seen")).count());
  }

  private void move(int i) {
    try {
      Path from = root.resolve("new/" + (1000 + i) + ".a");
      if (i % 10 == 0) {
        Files.delete(from);
      } else {
        Files.move(from, root.resolve("cur/" + (1000 + i) + ".a:2,S"));
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void progressShouldReachTheEnd() throws IOException {
    put("cur/1.a", "12345");
    put("cur/2.a", "123");
    AtomicLong messages = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    run(
        importer()
            .telling(
                (m, b, expected) -> {
                  messages.accumulateAndGet(m, Math::max);
                  bytes.accumulateAndGet(b, Math::max);
                }),
        root.toString());
    assertEquals(2, messages.get());
    assertEquals(8, bytes.get());
  }

  @Test
  void originalsShouldGoOnlyWhenTold() throws IOException {
    Path one = put("cur/1.a:2,S", "x");
    Path two = put("cur/2.b:2,S", "y");
    run(root.toString());
    assertTrue(Files.exists(one));
    Files.delete(two);
    ImportReport report = run(importer().deletingOriginals(true), root.toString());
    assertCounts(report, 0, 1, 0);
    assertEquals(1, report.deleted());
    assertFalse(Files.exists(one));
  }

  @Test
  void originalOfAnExpungedItemShouldStay() throws IOException {
    Path one = put("cur/1.a:2,S", "x");
    run(root.toString());
    try (Intake unit = blobs.intake()) {
      jane().expunge(unit, items("INBOX").get(0).id());
    }
    assertEquals(0, run(importer().deletingOriginals(true), root.toString()).deleted());
    assertTrue(Files.exists(one));
  }

  private static final String FROM = "From a@b Thu Jan  2 03:04:05 2003\n";

  @Test
  void mboxShouldGoWhenAllOfItIsSafe() throws IOException {
    Path file = put("box.mbox", FROM + "x\n\n" + FROM + "x\n\n" + FROM + "y\n\n");
    assertEquals(1, run(importer().deletingOriginals(true), file.toString()).deleted());
    assertFalse(Files.exists(file));
    assertEquals(List.of("x\n", "x\n", "y\n"), texts("box"));
  }

  @Test
  void mboxShouldStayWhenSomethingOfItIsNotSafe() throws IOException {
    Path file = put("box.mbox", FROM + "x\n\n" + FROM + "y\n\n");
    run(file.toString());
    try (Intake unit = blobs.intake()) {
      jane().expunge(unit, items("box").get(0).id());
    }
    ImportReport expunged = run(importer().deletingOriginals(true), file.toString());
    assertEquals(0, expunged.deleted());
    assertEquals(1, expunged.failed());
    Path cut = put("cut.mbox", FROM + "x\n\n" + FROM + "half a li");
    assertEquals(0, run(importer().deletingOriginals(true), cut.toString()).deleted());
    Path junk = put("junk", "junk\n" + FROM + "x\n\n");
    assertEquals(0, run(importer().deletingOriginals(true), "mbox:" + junk).deleted());
    assertTrue(Files.exists(file) && Files.exists(cut) && Files.exists(junk));
  }

  @Test
  void mboxThatGrewMeanwhileShouldStay() throws IOException {
    Path file = put("box.mbox", FROM + "x\n\n");
    blobs.beforeCommit = () -> put("box.mbox", FROM + "x\n\n" + FROM + "new\n\n");
    assertEquals(0, run(importer().deletingOriginals(true), file.toString()).deleted());
    assertTrue(Files.exists(file));
  }

  @Test
  void originalsShouldStayWhenTheCommitFails() throws IOException {
    Path one = put("cur/1.a:2,S", "x");
    blobs.failCommits = true;
    assertThrows(IOException.class, () -> run(importer().deletingOriginals(true), root.toString()));
    assertTrue(Files.exists(one));
  }

  @Test
  void originalThatChangedMeanwhileShouldStay() throws IOException {
    Path one = put("cur/1.a:2,S", "x");
    blobs.beforeCommit =
        () -> {
          put("cur/1.a:2,S", "changed");
        };
    ImportReport report = run(importer().deletingOriginals(true), root.toString());
    assertEquals(0, report.deleted());
    assertEquals(1, report.failed());
    assertEquals("changed", Files.readString(one));
  }
}
