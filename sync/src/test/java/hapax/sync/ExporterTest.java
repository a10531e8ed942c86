package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Intake;
import hapax.reconstruct.Delivered;
import hapax.reconstruct.Deliverer;
import hapax.reconstruct.MessageInput;
import hapax.sync.format.AccountFolders;
import hapax.sync.format.MailSource;
import hapax.sync.format.MailTarget;
import hapax.sync.format.TargetFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExporterTest {
  private static final Instant DATE = Instant.parse("2011-12-13T14:15:16.178Z");

  /** Messages that formats could trip over. */
  private static final List<String> TRICKY =
      List.of(
          "A: 1\n\nFrom here\n>From there\n>>From everywhere\n",
          "From the first line on\n\n\n",
          "",
          "\n",
          "\n\n",
          "no line end",
          "A: 1\r\n\r\nFrom x\r\n\r\n",
          "A: 1\r\n\r\nx\r",
          ">",
          ">From ",
          "From ",
          "A: 1\n\nx\n\nFrom a@b Thu Jan  2 03:04:05 2003\nB: 2\n",
          "Content-Length: 3\n\nabc\n",
          "Content-Length: 60\n\nabc\n",
          "Status: RO\nX-Keywords: work\n\nx\n",
          "\0\1\2\377\n\0");

  @TempDir Path root;
  private final StoringBlobs blobs = new StoringBlobs();
  private final LogMailStore store;
  private int items;

  ExporterTest() throws IOException {
    store = new LogMailStore(blobs, Identity.inMemory(1), Instant::now);
  }

  private Item add(String account, String mailbox, String text, Instant date, String... flags)
      throws IOException {
    Account to = store.openAccount(account);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    ItemId id = new ItemId(99, items++);
    try (Deliverer deliverer = new Deliverer(blobs);
        Intake unit = blobs.intake()) {
      Delivered delivered =
          deliverer.deliver(new MessageInput.Bytes(bytes, bytes.length), (u, d) -> {});
      MailboxId place = to.openMailbox(unit, mailbox).id();
      NewItem item = new NewItem(id, delivered.message(), bytes.length, Set.of(flags), date);
      to.add(unit, place, item);
    }
    return to.item(id).orElseThrow();
  }

  private ExportReport export(String account, String word) throws IOException {
    Account from = store.account(account).orElseThrow();
    return new Exporter(store)
        .run(List.of(new ExportJob(from, Optional.empty(), MailTarget.of(word))));
  }

  private ImportReport takeIn(String account, String word) throws IOException {
    MailSource source = MailSource.of(word, InputStream.nullInputStream());
    return new Importer(store).run(List.of(new ImportJob(account, Optional.empty(), source)));
  }

  /** Everything in an account that a format may keep. */
  private List<String> content(String account, boolean flags, long millis) throws IOException {
    List<String> content = new ArrayList<>();
    Account from = store.account(account).orElseThrow();
    for (Mailbox mailbox : from.mailboxes()) {
      content.add(mailbox.name());
      List<String> messages = new ArrayList<>();
      from.items(
          mailbox.id(),
          1,
          item ->
              messages.add(
                  (item.internalDate().toEpochMilli() / millis)
                      + " "
                      + item.message()
                      + (flags ? item.flags() : "")));
      messages.sort(null);
      content.addAll(messages);
    }
    return content;
  }

  private void addTricky(String account) throws IOException {
    int n = 0;
    for (String text : TRICKY) {
      add(account, n % 3 == 0 ? "INBOX" : "Lists/fée." + n % 3, text, DATE.plusSeconds(n++));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maildir", "mbox", "eml"})
  void everyMessageShouldComeBackBitForBit(String format) throws IOException {
    addTricky("jane");
    ExportReport report = export("jane", format + ":" + root.resolve("out"));
    assertEquals(TRICKY.size(), report.messages());
    assertEquals(List.of(), report.failures());
    ImportReport back = takeIn("back", format + ":" + root.resolve("out"));
    assertEquals(0, back.failed(), back.toString());
    assertEquals(content("jane", false, 1000), content("back", false, 1000));
  }

  @Test
  void messagesShouldPassThroughAllFormatsInTurn() throws IOException {
    addTricky("a");
    String from = "a";
    for (String format : List.of("maildir", "mbox", "eml", "mbox", "maildir")) {
      Path out = root.resolve(format + from);
      export(from, format + ":" + out);
      takeIn(from + "a", out.toString());
      from += "a";
    }
    assertEquals(content("a", false, 1000), content(from, false, 1000));
  }

  @Test
  void anyTextShouldComeBackFromAnMbox() throws IOException {
    Random random = new Random(4155);
    List<String> words =
        List.of(
            "From ",
            ">",
            "\n",
            "\r\n",
            "x",
            "\n\n",
            "From a@b Thu Jan  2 03:04:05 2003",
            " ",
            "Content-Length: 5\n",
            "Status: R\n",
            ":",
            "F",
            "Fro",
            "m ");
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(words.get(random.nextInt(words.size())));
      }
      add("jane", "INBOX", text.toString(), DATE.plusSeconds(i));
    }
    export("jane", "mbox:" + root.resolve("out"));
    takeIn("back", root.resolve("out").toString());
    assertEquals(content("jane", false, 1000), content("back", false, 1000));
  }

  @Test
  void maildirShouldKeepNamesFlagsKeywordsAndDates() throws IOException {
    add("jane", "INBOX", "x", DATE, "\\Seen", "\\Flagged", "work", "$Forwarded");
    add("jane", "INBOX", "y", DATE.minusSeconds(5), "\\Answered", "\\Deleted", "\\Draft", "$Junk");
    add("jane", "Entwürfe/v1.0/R&D", "z", Instant.parse("1999-12-31T23:59:59.999Z"), "work");
    add("jane", "..", "up", DATE);
    add("jane", "a\\2eb", "dot", DATE);
    export("jane", "maildir:" + root);
    assertTrue(Files.isDirectory(root.resolve(".Entw&APw-rfe.v1\\2e0.R&-D/cur")));
    assertEquals(
        "0 work\n1 $Junk\n",
        Files.readString(root.resolve("dovecot-keywords"))
            .replace("0 $Junk\n1 work\n", "0 work\n1 $Junk\n"));
    takeIn("back", root.toString());
    assertEquals(content("jane", true, 1), content("back", true, 1));
  }

  @Test
  void accountsShouldComeBackFromWhereTheyWereExported() throws IOException {
    List<String> names = List.of("jane", "joe@example.org", "a:b", "con");
    for (String name : names) {
      add(name, "INBOX", "mail of " + name, DATE, "\\Seen");
      add(name, "Sent", "mail by " + name, DATE);
    }
    List<ExportJob> out = new ArrayList<>();
    for (String name : names) {
      MailTarget target = MailTarget.of("maildir:" + root).ofAccount(name);
      out.add(new ExportJob(store.account(name).orElseThrow(), Optional.empty(), target));
    }
    new Exporter(store).run(out);
    StoringBlobs other = new StoringBlobs();
    LogMailStore back = new LogMailStore(other, Identity.inMemory(2), Instant::now);
    List<ImportJob> in = new ArrayList<>();
    for (AccountFolders.AccountSource each :
        AccountFolders.list(root, new ImportTally(Progress.NONE))) {
      in.add(new ImportJob(each.account(), Optional.empty(), each.source()));
    }
    assertEquals(2L * names.size(), new Importer(back).run(in).added());
    assertEquals(new TreeSet<>(names), new TreeSet<>(back.accounts()));
    assertTrue(Files.isDirectory(root.resolve("jane/Maildir/cur")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"maildir", "mbox", "eml"})
  void secondExportShouldOverwriteNothing(String format) throws IOException {
    add("jane", "INBOX", "x", DATE);
    add("jane", "Sent", "y", DATE);
    String word = format + ":" + root.resolve("out");
    export("jane", word);
    List<String> before = files();
    IOException there = assertThrows(IOException.class, () -> export("jane", word));
    assertTrue(there.getMessage().contains("nothing is overwritten"), there.getMessage());
    assertEquals(before, files());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(f -> root.relativize(f).toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maildir", "mbox", "eml"})
  void noNameShouldLeadOutOfTheFolder(String format) throws IOException {
    for (String name :
        List.of(
            "..", "../..", "../../x", ".", "~", "a/../../b", "C:\\x", "con/nul", "x.mbox/y", "x")) {
      add("jane", name, "mail in " + name, DATE);
    }
    add("jane", "n".repeat(900), "long", DATE);
    Path out = root.resolve("deep/er/out");
    ExportReport report = export("jane", format + ":" + out);
    assertEquals(11, report.messages());
    for (String file : files()) {
      assertTrue("deep/er/out".startsWith(file) || file.startsWith("deep/er/out/"), file);
    }
    takeIn("back", format + ":" + out);
    List<String> names = content("back", false, 1000);
    List<String> wanted = content("jane", false, 1000);
    names.removeIf(name -> name.startsWith("nnn"));
    wanted.removeIf(name -> name.startsWith("nnn"));
    names.remove("INBOX");
    assertEquals(wanted, names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maildir", "mbox", "eml"})
  void linksShouldNotBeFollowedOutOfTheFolder(String format) throws IOException {
    add("jane", "Sent/x", "x", DATE);
    Path out = Files.createDirectories(root.resolve("out"));
    Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
    Files.createSymbolicLink(out.resolve("Sent"), elsewhere);
    Files.createSymbolicLink(out.resolve(".Sent.x"), elsewhere);
    assertThrows(IOException.class, () -> export("jane", format + ":" + out));
    assertEquals(0, elsewhere.toFile().list().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maildir", "mbox", "eml"})
  void damagedMessageShouldBeToldAndLeaveNoFile(String format) throws IOException {
    add("jane", "INBOX", "one\n", DATE);
    Item bad = add("jane", "INBOX", "two\n", DATE);
    Item gone = add("jane", "INBOX", "three\n", DATE);
    Item large = add("jane", "INBOX", "l".repeat(9 << 20), DATE);
    add("jane", "INBOX", "four\n", DATE);
    blobs.damage(bad.message());
    blobs.damage(large.message());
    blobs.records.remove(gone.message());
    Path out = root.resolve("out");
    ExportReport report = export("jane", format + ":" + out);
    assertEquals(2, report.messages());
    assertEquals(3, report.failed());
    assertEquals(3, report.failures().size());
    assertTrue(report.failures().get(0).place().startsWith("jane/INBOX/"));
    assertTrue(files().stream().noneMatch(f -> f.contains("tmp/")), files().toString());
    assertEquals(0, takeIn("back", format + ":" + out).failed());
    List<String> messages = content("back", false, 1000);
    assertEquals(3, messages.size(), messages.toString());
    assertTrue(content("jane", false, 1000).containsAll(messages), messages.toString());
  }

  /** A disk that is full. */
  private record FullTarget() implements MailTarget {
    @Override
    public void check(String mailbox) {}

    @Override
    public MailTarget ofAccount(String account) {
      return this;
    }

    @Override
    public TargetFolder open(String mailbox) {
      return new TargetFolder() {
        @Override
        public boolean isOneFile() {
          return false;
        }

        @Override
        public void put(OutgoingMessage message, Text text) throws IOException {
          text.writeTo(
              new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  throw new IOException("no space left");
                }
              });
        }

        @Override
        public List<String> losses() {
          return List.of();
        }

        @Override
        public void close() {}
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 9 << 20})
  void fullDiskShouldEndTheExportAndNotPassForDamage(int length) throws IOException {
    add("jane", "INBOX", "x".repeat(length), DATE);
    Account jane = store.account("jane").orElseThrow();
    List<ExportJob> jobs = List.of(new ExportJob(jane, Optional.empty(), new FullTarget()));
    IOException full = assertThrows(IOException.class, () -> new Exporter(store).run(jobs));
    assertEquals("no space left", full.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"maildir", "mbox", "eml"})
  void longMessagesShouldPassWithoutBeingHeld(String format) throws IOException {
    String text = "A: 1\n\n" + ("From line\n" + "0123456789".repeat(9) + "\n").repeat(100_000);
    add("jane", "INBOX", text, DATE);
    add("jane", "INBOX", text + "no end", DATE);
    add("jane", "INBOX", "short", DATE);
    export("jane", format + ":" + root.resolve("out"));
    takeIn("back", format + ":" + root.resolve("out"));
    assertEquals(content("jane", false, 1000), content("back", false, 1000));
  }

  @Test
  void keywordsBeyondTheLettersShouldBeTold() throws IOException {
    for (int i = 0; i < 30; i++) {
      add("jane", "INBOX", "x" + i, DATE, "keyword" + i);
    }
    ExportReport report = export("jane", "maildir:" + root);
    assertEquals(30, report.messages());
    assertEquals(4, report.failures().size());
    assertTrue(report.failures().get(0).reason().contains("26 keywords"));
  }

  @Test
  void mboxShouldReadAsThePageShows() throws IOException {
    String example =
        """
        From mboxrd@n Tue Dec 13 14:15:16 2011
        A: 1

        >From here

        """;
    add("jane", "INBOX", "A: 1\n\nFrom here", DATE);
    export("jane", "mbox:" + root);
    assertEquals(example, Files.readString(root.resolve("INBOX.mbox")));
    Path page = Path.of("doc", "mailbox-formats.md");
    assertTrue(Files.readString(page).contains("```\n" + example + "```\n"));
  }

  @Test
  void oneMailboxShouldComeWithThoseBelowIt() throws IOException {
    for (String name : List.of("INBOX", "Work", "Work/a", "Workshop")) {
      add("jane", name, name, DATE);
    }
    Account jane = store.account("jane").orElseThrow();
    MailTarget target = MailTarget.of("eml:" + root);
    new Exporter(store).run(List.of(new ExportJob(jane, Optional.of("Work"), target)));
    assertEquals(List.of("", "Work", "Work/000001.eml", "Work/a", "Work/a/000001.eml"), files());
    List<ExportJob> none = List.of(new ExportJob(jane, Optional.of("Nothing"), target));
    assertThrows(IllegalArgumentException.class, () -> new Exporter(store).run(none));
  }

  @Test
  void emptyMailboxesShouldBeKept() throws IOException {
    add("jane", "INBOX", "x", DATE);
    try (Intake unit = blobs.intake()) {
      store.openAccount("jane").openMailbox(unit, "Empty");
    }
    for (String format : List.of("maildir", "mbox")) {
      Path out = root.resolve(format);
      export("jane", format + ":" + out);
      takeIn(format, out.toString());
      assertEquals(content("jane", false, 1000), content(format, false, 1000));
    }
  }

  @Test
  void targetShouldBeNamedByItsKind() {
    assertThrows(IllegalArgumentException.class, () -> MailTarget.of("/tmp/x"));
    assertThrows(IllegalArgumentException.class, () -> MailTarget.of("zip:/tmp/x"));
    assertFalse(MailTarget.of("eml:x").toString().isEmpty());
  }
}
