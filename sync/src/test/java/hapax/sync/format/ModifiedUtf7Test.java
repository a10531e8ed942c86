package hapax.sync.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {
  @ParameterizedTest
  @CsvSource({
    "~peter/mail/台北/日本語, '~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
    "R&D, R&-D",
    "Entwürfe, Entw&APw-rfe",
    "Éléments envoyés, &AMk-l&AOk-ments envoy&AOk-s",
    "☺!, &Jjo-!",
    "😀, &2D3eAA-",
    "&, &-",
    "INBOX, INBOX"
  })
  void vectorsShouldEncodeAndDecode(String name, String encoded) {
    assertEquals(encoded, ModifiedUtf7.encode(name));
    assertEquals(Optional.of(name), ModifiedUtf7.decode(encoded));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&",
        "R&D",
        "&AOk",
        "&AOl-",
        "&AO/-",
        "&2D0-",
        "&A-",
        "Entwürfe",
        "a\u0001",
        "&=-"
      })
  void whatIsNoModifiedUtf7ShouldNotDecode(String text) {
    assertEquals(Optional.empty(), ModifiedUtf7.decode(text));
  }

  @Test
  void anyNameShouldComeBackAndTakeOnlyPrintableAscii() {
    Random random = new Random(3501);
    for (int round = 0; round < 20_000; round++) {
      String name = randomName(random);
      String encoded = ModifiedUtf7.encode(name);
      assertTrue(encoded.chars().allMatch(c -> c >= 0x20 && c < 0x7f), encoded);
      assertEquals(Optional.of(name), ModifiedUtf7.decode(encoded));
    }
  }

  @Test
  void anyTextShouldDecodeOrBeRefusedWithoutFailing() {
    Random random = new Random(515);
    String alphabet = "&&--,/+ABab019= é";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Optional<String> name = ModifiedUtf7.decode(text.toString());
      name.ifPresent(n -> assertEquals(name, ModifiedUtf7.decode(ModifiedUtf7.encode(n))));
    }
  }

  static String randomName(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int kind = random.nextInt(5);
      int c =
          switch (kind) {
            case 0 -> random.nextInt(0x80 - 0x20) + 0x20;
            case 1 -> "&-,.\\%~+ ".charAt(random.nextInt(9));
            case 2 -> 0xa0 + random.nextInt(0x500);
            case 3 -> 0x4e00 + random.nextInt(0x5000);
            default -> 0x1f300 + random.nextInt(0x300);
          };
      name.appendCodePoint(c == 0x7f ? 'x' : c);
    }
    return name.toString();
  }
}
