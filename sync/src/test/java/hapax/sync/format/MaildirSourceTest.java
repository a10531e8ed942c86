package hapax.sync.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaildirSourceTest {
  @TempDir Path root;

  private void put(String name, String text) throws IOException {
    Read.write(root.resolve(name), text);
  }

  @Test
  void maildirPlusPlusShouldGiveItsFoldersAsLevels() throws IOException {
    put("cur/1.a:2,S", "inbox");
    put(".Sent/cur/1.b:2,", "sent");
    put(".Lists.f&AOk-e/new/1.c", "list");
    put(".Drafts/tmp/1.d", "unfinished");
    Files.createDirectories(root.resolve(".Drafts/cur"));
    put("subscriptions", "Sent\n");
    put("dovecot-uidlist", "3 V1 N2\n");
    Read read = Read.of(root.toString());
    assertEquals(Set.of("", "Sent", "Lists/fée", "Drafts"), read.folders.keySet());
    assertEquals(List.of("list"), read.texts("Lists/fée"));
    assertEquals(List.of(), read.texts("Drafts"));
    assertEquals(List.of(), read.failed);
  }

  @Test
  void nestedMaildirsShouldGiveTheirFoldersAsLevels() throws IOException {
    put("cur/1.a", "inbox");
    put("Work/cur/1.b", "work");
    put("Work/Deep/new/1.c", "deep");
    Read read = Read.of("maildir:" + root);
    assertEquals(List.of("work"), read.texts("Work"));
    assertEquals(List.of("deep"), read.texts("Work/Deep"));
  }

  @ParameterizedTest
  @CsvSource({
    "'1.a:2,RS', 1.a",
    "'1.a;2,RS', 1.a",
    "'1.a!2,RS', 1.a",
    "'1.a,S=5,W=6:2,RS', '1.a,S=5,W=6'",
  })
  void flagsShouldBeReadAfterAnySeparator(String name, String base) throws IOException {
    put("cur/" + name, "x");
    Read.Message message = Read.of(root.toString()).folders.get("").get(0);
    assertEquals(Optional.of(Set.of("\\Answered", "\\Seen")), message.flags());
    assertEquals(Optional.of(base), message.identity());
  }

  @Test
  void smallLettersShouldMeanTheKeywordsOfTheFolder() throws IOException {
    put("cur/1.a:2,DFPRSTabz", "x");
    put("dovecot-keywords", "0 $Junk\n1 work\nx y\n99 no\n");
    put(".B/cur/1.b:2,a", "y");
    Read read = Read.of(root.toString());
    assertEquals(
        Set.of(
            "\\Draft",
            "\\Flagged",
            "$Forwarded",
            "\\Answered",
            "\\Seen",
            "\\Deleted",
            "$Junk",
            "work"),
        read.folders.get("").get(0).flags().orElseThrow());
    assertEquals(Set.of(), read.folders.get("B").get(0).flags().orElseThrow());
  }

  @Test
  void messagesShouldComeInOrderOfDelivery() throws IOException {
    put("cur/999999999.M1.h:2,S", "1");
    put("cur/1000000000.M20P1.h:2,S", "3");
    put("new/1000000000.M3P9.h", "2");
    put("cur/1000000001.M1P1.h", "4");
    put("cur/odd", "5");
    assertEquals(List.of("1", "2", "3", "4", "5"), Read.of(root.toString()).texts(""));
  }

  @Test
  void dateShouldBeThatOfTheFileInMilliseconds() throws IOException {
    put("cur/1.a", "x");
    Instant date = Instant.parse("2001-02-03T04:05:06.789Z");
    Files.setLastModifiedTime(root.resolve("cur/1.a"), FileTime.from(date.plusNanos(123_456)));
    assertEquals(date, Read.of(root.toString()).folders.get("").get(0).date());
  }

  @Test
  void renamedMessageShouldBeFoundUnderItsNewName() throws IOException {
    put("new/1.a", "x");
    SourceMessage message = only();
    Files.createDirectories(root.resolve("cur"));
    Files.move(root.resolve("new/1.a"), root.resolve("cur/1.a:2,S"));
    assertEquals("1.a", message.label().orElseThrow().identity());
    Files.move(root.resolve("cur/1.a:2,S"), root.resolve("cur/1.a:2,FS"));
    message.load(new LoadBuffer());
    assertEquals(Optional.of(Set.of("\\Flagged", "\\Seen")), message.flags());
  }

  @Test
  void vanishedMessageShouldSaySo() throws IOException {
    put("cur/1.a", "x");
    SourceMessage message = only();
    Files.delete(root.resolve("cur/1.a"));
    Assertions.assertThrows(NoSuchFileException.class, message::label);
    Assertions.assertThrows(NoSuchFileException.class, () -> message.load(new LoadBuffer()));
  }

  private SourceMessage only() throws IOException {
    List<SourceMessage> all = new ArrayList<>();
    new MaildirFolder(root, List.of()).messages(all::addAll, new Read());
    assertEquals(1, all.size());
    return all.get(0);
  }

  @Test
  void whatIsNoFileShouldFailAloneAndInOneLine() throws IOException {
    put("cur/1.a", "x");
    Files.createDirectories(root.resolve("cur/2.folder"));
    Files.createSymbolicLink(root.resolve("cur/3.loop"), root.resolve("cur/3.loop"));
    put("cur/4.new\nline", "y");
    Files.createSymbolicLink(root.resolve("cur/5.gone"), root.resolve("nowhere"));
    Read read = Read.of(root.toString());
    assertEquals(List.of("x", "y"), read.texts(""));
    assertEquals(3, read.failed.size());
    assertTrue(read.failed.get(0).endsWith("2.folder: not a regular file"), read.failed.get(0));
    assertTrue(read.failed.get(1).contains("3.loop: "), read.failed.get(1));
  }

  @Test
  void pipeShouldFailAndNotBeWaitedFor() throws Exception {
    put("cur/1.a", "x");
    Process process = new ProcessBuilder("mkfifo", root.resolve("cur/2.pipe").toString()).start();
    Assumptions.assumeTrue(process.waitFor() == 0, "no mkfifo here");
    Read read = Read.of(root.toString());
    assertEquals(List.of("x"), read.texts(""));
    assertTrue(read.failed.get(0).endsWith("2.pipe: not a regular file"), read.failed.get(0));
    assertEquals(List.of("x"), Read.of("eml:" + root.resolve("cur")).texts(""));
  }

  @Test
  void everyRealFolderShouldBeVisitedOnce() throws IOException {
    put("cur/1.a", "x");
    put(".A/cur/1.b", "y");
    Files.createSymbolicLink(root.resolve(".B"), root.resolve(".A"));
    Files.createSymbolicLink(root.resolve("Loop"), root);
    Read read = Read.of(root.toString());
    assertEquals(Set.of("", "A"), read.folders.keySet());
  }

  @Test
  void folderNamesThatLeadOutShouldStayNames() throws IOException {
    put("cur/1.a", "x");
    put(".&AC4ALgAv-etc/cur/1.b", "y");
    assertTrue(Read.of(root.toString()).folders.containsKey("..\u2215etc"));
  }
}
