package hapax.mime;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.mime4j.MimeException;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private static final SplitLimits ALL = new SplitLimits(1, 1, 1000, 100_000);

  /** Where the ranges differ from Mime4j's, and why ours are as meant. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          entry("msg_15.txt.eml", "inner and outer multipart have one boundary"),
          entry("msg_39.txt.eml", "inner and outer multipart have one boundary"),
          entry("msg_17.txt.eml", "no delimiter in the multipart: one leaf"),
          entry("msg_31.txt.eml", "no delimiter in the multipart: one leaf"),
          entry("false-multipart.eml", "no delimiter in the multipart: one leaf"),
          entry("badbound.msg.eml", "no delimiter in the multipart: one leaf"),
          entry("missing-boundary.msg.eml", "no delimiter in the multipart: one leaf"),
          entry("missing-inner-boundary.msg.eml", "no delimiter in the multipart: one leaf"),
          entry("bad_date_header2.eml", "no delimiter in the multipart: one leaf"),
          entry("missing_body.eml", "no delimiter in the multipart: one leaf"),
          entry("very-long-boundary.msg.eml", "a boundary beyond our limit: one leaf"),
          entry("very-very-long-boundary.msg.eml", "a boundary beyond our limit: one leaf"),
          entry("weird-boundary.msg.eml", "blanks in the boundary: Mime4j loses it"),
          entry("msg_33.txt.eml", "boundary in RFC 2231 form: Mime4j does not read it"),
          entry("long-header.eml", "header of 200 KB: a part of its own"),
          entry("msg_19.txt.eml", "no header at all: one leaf"),
          entry("malformedHeader-noheader.msg.eml", "no header at all: one leaf"),
          entry("plaintext-invalid-header.eml", "no header at all: one leaf"),
          entry("plaintext-missing-header.eml", "no header at all: one leaf"));

  @Test
  void rangesShouldBeThoseOfMime4jExceptWhereTheReasonIsKnown() throws IOException, MimeException {
    Set<String> differing = new TreeSet<>();
    for (Path file : Corpus.messages()) {
      if (!sameLeaves(Files.readAllBytes(file))) {
        differing.add(file.getFileName().toString());
      }
    }
    assertEquals(new TreeSet<>(EXCEPTIONS.keySet()), differing);
  }

  private static boolean sameLeaves(byte[] message) throws IOException, MimeException {
    List<byte[]> leaves = Mime4jLeaves.of(message);
    List<Part> parts =
        new MessageSplitter(ALL).split(ByteSource.of(message, message.length)).parts();
    boolean same = leaves.size() == parts.size();
    for (int i = 0; same && i < leaves.size(); i++) {
      Part part = parts.get(i);
      byte[] leaf = leaves.get(i);
      same = Arrays.equals(leaf, 0, leaf.length, message, (int) part.start(), (int) part.end());
    }
    return same;
  }

  @Test
  void everyPartShouldComeBack() throws IOException {
    for (Path file : Corpus.messages()) {
      byte[] message = Files.readAllBytes(file);
      ByteSource source = ByteSource.of(message, message.length);
      Split split = new MessageSplitter(ALL).split(source);
      Splits.check(split, message);
      for (Part part : split.parts()) {
        byte[] text = Arrays.copyOfRange(message, (int) part.start(), (int) part.end());
        RoundTrip.of(source, part, text);
      }
    }
  }
}
