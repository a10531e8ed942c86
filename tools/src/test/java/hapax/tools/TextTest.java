package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void bytesShouldHaveThreeDigitsAndAUnit() {
    assertEquals("0 B", Text.bytes(0));
    assertEquals("999 B", Text.bytes(999));
    assertEquals("1.00 kB", Text.bytes(1_000));
    assertEquals("10.0 kB", Text.bytes(9_999));
    assertEquals("1.00 MB", Text.bytes(999_950));
    assertEquals("1.92 GB", Text.bytes(1_923_456_789));
    assertEquals("-17.2 kB", Text.bytes(-17_200));
    assertEquals("9.22 EB", Text.bytes(Long.MAX_VALUE));
  }

  @Test
  void nounsShouldAgreeWithTheirNumber() {
    assertEquals("0 messages", Text.count(0, "message"));
    assertEquals("1 mailbox", Text.count(1, "mailbox"));
    assertEquals("26,466 mailboxes", Text.count(26_466, "mailbox"));
  }

  @Test
  void durationsShouldShowTwoUnitsAtMost() {
    assertEquals("0.0 s", Text.duration(Duration.ZERO));
    assertEquals("59.9 s", Text.duration(Duration.ofMillis(59_900)));
    assertEquals("3 min 07 s", Text.duration(Duration.ofSeconds(187)));
    assertEquals("2 h 05 min", Text.duration(Duration.ofMinutes(125)));
  }

  @Test
  void percentOfNothingShouldBeNothing() {
    assertEquals("0.0 %", Text.percent(5, 0));
    assertEquals("19.8 %", Text.percent(198, 1_000));
  }

  @Test
  void textOfMailShouldNotSteerTheTerminal() {
    assertEquals(
        "\uFFFD[31mred\uFFFD\uFFFDover\uFFFDde", Text.printable("\u001b[31mred\r\nover\u202Ede"));
    assertEquals("Sørensen 日本 \uD83D\uDE00", Text.printable("Sørensen 日本 \uD83D\uDE00"));
  }

  @Test
  void progressShouldTellRateAndTimeLeft() {
    assertEquals(
        "1,000 of 4,000 messages, 50.0 MB, 25 MB/s, 6.0 s left",
        ProgressLine.line(1_000, 50_000_000, 4_000, 2_000_000_000));
    assertEquals("7 messages, 700 B, 0 MB/s", ProgressLine.line(7, 700, 0, 1_000_000_000));
  }
}
