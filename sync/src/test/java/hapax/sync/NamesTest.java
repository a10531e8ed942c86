package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Work",
        "日本語/台北",
        "räksmörgås",
        "a b",
        ".",
        "../..",
        "~",
        "a\\b",
        "Inbox2",
        "x/INBOX",
        "\ud83d\ude00",
        "\ufffd"
      })
  void mailboxNamesAreKeptAsGiven(String name) {
    assertEquals(name, Names.mailbox(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        "a\u0000",
        "a\n",
        "a\u007f",
        "a\u0085",
        "\ud800",
        "\ud800a",
        "\udc00\ud800",
        "a\udc00"
      })
  void mailboxNamesThatCanNotBeRepresentedAreRefused(String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Names.mailbox(name)).getMessage();
    assertTrue(message.startsWith("name of mailbox \""), message);
    assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
  }

  @Test
  void mailboxNameOfAThousandBytesIsTheLongest() {
    String longest = "ä€".repeat(198) + "\ud83d\ude00cdefgh";
    assertEquals(longest, Names.mailbox(longest));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Names.mailbox(longest + "a"))
            .getMessage();
    assertTrue(message.contains("at most 1000 bytes, found 1001") && message.length() < 200);
  }

  @Test
  void inboxIsOneNameInAnyCase() {
    for (String name : List.of("INBOX", "inbox", "Inbox")) {
      assertEquals("INBOX", Names.mailbox(name));
      assertEquals("INBOX/a", Names.mailbox(name + "/a"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".a", "a/b", "a\u0000", "\udc00"})
  void accountNamesThatCanNotBeRepresentedAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Names.account(name));
  }

  @Test
  void accountNameOf255BytesIsTheLongest() {
    String longest = "a".repeat(255);
    assertEquals(longest, Names.account(longest));
    assertThrows(IllegalArgumentException.class, () -> Names.account(longest + "a"));
    assertEquals("jane@example.org", Names.account("jane@example.org"));
  }

  @Test
  void namesThatDifferInCaseAreDifferentAndInNormalFormTheSame() throws Exception {
    Side side = new Side(1);
    side.open("work");
    side.open("Work");
    side.open("ra\u0308k");
    side.open("r\u00e4k");
    assertEquals(List.of("Work", "r\u00e4k", "work"), side.names());
  }
}
