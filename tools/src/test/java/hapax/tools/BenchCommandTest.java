package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hapax.tools.Runs.Run;
import hapax.tools.bench.MailTree;
import hapax.tools.bench.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchCommandTest {
  @TempDir Path folder;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theSameSeedShouldGiveTheSameMail(Profile profile) throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    MailTree.Written written = MailTree.write(profile, 7, 40, one);
    assertEquals(written, MailTree.write(profile, 7, 40, two));
    assertEquals(files(one), files(two));
    assertEquals(written.messages(), files(one).size());
    for (Path file : files(one)) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(file)), Files.readAllBytes(two.resolve(file)));
    }
  }

  @Test
  void benchShouldMeasureAndLeaveNothingBehind() throws IOException {
    Runs runs = new Runs(folder.resolve("store"));
    Path work = folder.resolve("work");
    JsonObject figures =
        runs.json("bench", "--profile", "tiny", "--messages", "60", "--folder", work.toString());
    for (String name :
        List.of(
            "machine_append_mb_s",
            "ingest_mb_s",
            "ingest_again_mb_s",
            "read_p99_ms",
            "export_mb_s",
            "verify_mb_s",
            "stored_bytes",
            "catalog_bytes_per_message")) {
      assertTrue(figures.get(name).getAsDouble() > 0, name);
    }
    assertEquals(List.of(), files(work));
  }

  @Test
  void benchShouldNameTheProfilesThatThereAre() {
    Run run = new Runs(folder).run("bench", "--profile", "huge");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("OFFICE, ARCHIVE, LISTS, TINY"), run.err());
    assertEquals(2, new Runs(folder).run("bench", "--messages", "0").code());
  }
}
