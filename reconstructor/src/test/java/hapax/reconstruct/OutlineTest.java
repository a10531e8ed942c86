package hapax.reconstruct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hapax.blob.BlobId;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.mime.AsIs;
import hapax.mime.ByteSource;
import hapax.mime.Part;
import hapax.mime.PartReader;
import hapax.mime.Recipe;
import hapax.mime.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of an outline, on records made by hand: most of them no splitter would make. */
final class OutlineTest {
  private static final String BASE64 = "QUJDREVG\nQUJDREVG";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Shape shape(String base64) throws IOException {
    byte[] text = bytes(base64);
    Part part = new Part(0, text.length, true, "application/pdf", Optional.empty());
    ByteSource source = ByteSource.of(text, text.length);
    PartReader.Reading reading =
        new PartReader().read(source, part, OutputStream.nullOutputStream());
    return ((PartReader.Reading.Shaped) reading).shape();
  }

  /** A record of these literals with a blob of that shape between each two of them. */
  private static StoredRecord record(Shape shape, int head, String... literals) {
    List<Recipe.Segment> segments = new ArrayList<>();
    long length = 0;
    for (int i = 0; i < literals.length; i++) {
      if (i > 0) {
        segments.add(new Recipe.Segment.Blob(0, 12, shape));
      }
      if (!literals[i].isEmpty()) {
        segments.add(new Recipe.Segment.Literal(literals[i].length()));
      }
    }
    for (Recipe.Segment segment : segments) {
      length += segment.textLength();
    }
    String all = String.join("", literals);
    return new StoredRecord(
        RecordId.of(new byte[32]),
        length,
        List.of(BlobId.of(new byte[32])),
        new byte[0],
        new Recipe(length, head, segments).encode(),
        bytes(all.substring(0, head)),
        bytes(all.substring(head)));
  }

  private static String text(StoredRecord record) throws IOException {
    Outline outline = Outline.of(record);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Rebuilder.Blobs blobs = (blob, length, sink) -> sink.write(bytes("ABCDEFABCDEF"));
    new Rebuilder().rebuild(outline.recipe(), record.head(), record.body(), blobs, out);
    StringBuilder text = new StringBuilder(out.toString(StandardCharsets.ISO_8859_1));
    for (int i = outline.gaps().size() - 1; i >= 0; i--) {
      text.insert(outline.gaps().get(i).intValue(), "[]");
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: b\n\n", "a: b\r\n\r\n", "a: b\n\r\n", "\n\n\n"})
  void base64BehindAnEmptyLineShouldBeLeftOut(String before) throws IOException {
    for (String after : List.of("", "\n--b", "\r\n--b", "\r", "\n")) {
      for (int head : new int[] {0, before.length() - 2, before.length()}) {
        assertEquals(before + "[]" + after, text(record(shape(BASE64), head, before, after)));
      }
    }
    String two = "\n--b\n\n";
    assertEquals(before + "[]" + two + "[]\n", text(record(shape(BASE64), 3, before, two, "\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n", "a: b", "a: b\n", "a: b\r\n", "a:\r\r\n", "a: b\n\n\r"})
  void base64ElsewhereShouldStay(String before) throws IOException {
    assertEquals(before + BASE64 + "\n", text(record(shape(BASE64), 0, before, "\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--b", "x", " \n"})
  void base64ThatIsNoWholeLineShouldStay(String after) throws IOException {
    assertEquals("a: b\n\n" + BASE64 + after, text(record(shape(BASE64), 6, "a: b\n\n", after)));
  }

  @Test
  void base64BesideBase64ShouldStay() throws IOException {
    assertEquals("\n\n\n" + BASE64 + BASE64, text(record(shape(BASE64), 0, "\n\n\n", "", "")));
  }

  @Test
  void linesThatMayBeginWithADashShouldStay() throws IOException {
    String junk = "QUJDREVG\n--\nQUJDREVG";
    assertEquals("a: b\n\n" + junk, text(record(shape(junk), 6, "a: b\n\n", "")));
    StoredRecord asIs = record(new AsIs(), 6, "a: b\n\n", "\n");
    assertEquals("a: b\n\nABCDEFABCDEF\n", text(asIs));
  }

  @Test
  void recordWithTooFewLiteralsShouldFail() throws IOException {
    StoredRecord whole = record(shape(BASE64), 6, "a: b\n\n", "\nx");
    StoredRecord cut =
        new StoredRecord(
            whole.id(),
            whole.length(),
            whole.blobs(),
            whole.summary(),
            whole.plan(),
            whole.head(),
            new byte[0]);
    assertThrows(IOException.class, () -> text(cut));
  }
}
