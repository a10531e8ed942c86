package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldValueTest {
  private static FieldValue type(String value) {
    byte[] bytes = Splits.bytes(value);
    return FieldValue.contentType(bytes, bytes.length);
  }

  @Test
  void plainFormShouldBeReadWithoutMime4j() {
    byte[] bytes = Splits.bytes(" Text/HTML; charset=utf-8;\r\n\tname=\"a b.html\" \r\n");
    FieldValue value = new SimpleFieldParser(bytes, bytes.length).parse();
    assertNotNull(value);
    assertEquals(
        new FieldValue("text/html", Map.of("charset", "utf-8", "name", "a b.html")), value);
  }

  @Test
  void oddFormsShouldBeReadToo() {
    assertEquals("text/html", type("text/html (a comment); x=y").value());
    assertEquals("a\"b", type("a/b; name=\"a\\\"b\"").parameters().get("name"));
    assertEquals("é", type("a/b; name=\"=?utf-8?b?w6k=?=\"").parameters().get("name"));
    assertEquals("é x", type("a/b; name*=UTF-8''%c3%a9%20x").parameters().get("name"));
    assertEquals(FieldValue.NONE, type(""));
  }

  @Test
  void plainReaderShouldAgreeWithMime4j() {
    Random random = new Random(91);
    String[] pieces = {
      "text/plain",
      "multipart/mixed",
      "a",
      ";",
      "; ",
      ";\r\n ",
      "name=",
      "boundary=",
      "x",
      "\"",
      "\"a b\"",
      "=",
      "-_=.",
      " ",
      "\t",
      "charset=utf-8",
      "(",
      "\\",
      "*",
      "'",
      "?",
      "/",
      ",",
      "  "
    };
    int plain = 0;
    for (int round = 0; round < 30_000; round++) {
      StringBuilder text = new StringBuilder("text/x");
      for (int i = random.nextInt(7); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = Splits.bytes(text.toString());
      FieldValue simple = new SimpleFieldParser(bytes, bytes.length).parse();
      if (simple != null) {
        plain++;
        assertEquals(Mime4jFieldParser.contentType(bytes, bytes.length), simple, text.toString());
      }
    }
    assertTrue(plain > 3000, plain + " were plain");
  }

  @Test
  void anyBytesShouldBeBorne() {
    Random random = new Random(92);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      assertNotNull(FieldValue.contentType(bytes, bytes.length));
      assertNotNull(FieldValue.contentDisposition(bytes, bytes.length));
    }
  }
}
