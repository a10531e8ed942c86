package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The worked example of {@code doc/recipe.md} is a recipe, with what the page says. */
class RecipePageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| `([0-9a-f ]+)` \\|");

  @Test
  void workedExampleShouldBeWhatItSays() throws IOException {
    String page = Files.readString(Path.of("doc", "recipe.md"));
    String example = page.substring(page.indexOf("## Worked example"));
    StringBuilder hex = new StringBuilder();
    for (MatchResult row : ROW.matcher(example).results().toList()) {
      assertEquals(Integer.toString(hex.length() / 2), row.group(1), "offset of " + row.group(2));
      hex.append(row.group(2).replace(" ", ""));
    }
    Recipe recipe = Recipe.decode(HexFormat.of().parseHex(hex));
    assertEquals(hex.toString(), HexFormat.of().formatHex(recipe.encode()));
    assertTrue(page.contains("```\n" + recipe.dump() + "```"), recipe.dump());
  }

  @Test
  void commonGapsShouldBeThoseOfThePage() {
    String[] gaps = {
      "",
      "\r\n",
      "\n",
      "=",
      "==",
      "=\r\n",
      "==\r\n",
      "=\n",
      "==\n",
      "\r\n\r\n",
      "\n\n",
      " \r\n",
      " \n",
      "\r\n ",
      "\n ",
      "\r\n\t",
      "\n\t"
    };
    assertEquals(gaps.length, ShapeCode.firstOwnGap());
    for (int i = 0; i < gaps.length; i++) {
      assertEquals(gaps[i], new String(ShapeCode.commonGap(i), StandardCharsets.US_ASCII));
    }
  }
}
