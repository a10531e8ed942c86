package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real signed mail, with the verdicts of OpenSSL, GnuPG, dkimpy and Mail::DKIM beside it: {@code
 * signed.tsv} of the corpus has a row for each signature.
 */
final class CorpusSignaturesTest {
  private static final Map<String, SignatureKind> KINDS =
      Map.of(
          "dkim", SignatureKind.DKIM,
          "domainkeys", SignatureKind.DOMAIN_KEYS,
          "arc", SignatureKind.ARC,
          "smime", SignatureKind.SMIME,
          "pgp", SignatureKind.PGP_MIME,
          "pgp-inline", SignatureKind.PGP_INLINE);

  private record Row(String file, SignatureKind kind, boolean verifies, String detail) {
    static Row of(String line) {
      String[] columns = line.split("\t", -1);
      return new Row(columns[0], KINDS.get(columns[1]), columns[2].equals("yes"), columns[3]);
    }

    /** The judges had fewer keys: those of the same repository. */
    boolean isOnlyForWantOfAKey() {
      return detail.contains("no public key");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyVerdictShouldBeThatOfOtherVerifiers() throws IOException {
    Path corpus = Path.of(System.getProperty("hapax.corpus", "absent"));
    Path list = corpus.resolve("signed.tsv");
    Assumptions.assumeTrue(Files.exists(list), list + " is absent: skipped");
    Keys keys = Keys.read(keyFiles(corpus.resolve("_keys")));
    Map<String, List<Row>> groups = new TreeMap<>();
    for (String line : Files.readAllLines(list)) {
      if (!line.startsWith("path\t") && !line.contains("#")) {
        Row row = Row.of(line);
        groups.computeIfAbsent(row.file() + " " + row.kind(), k -> new ArrayList<>()).add(row);
      }
    }
    return groups.entrySet().stream()
        .map(
            group ->
                DynamicTest.dynamicTest(
                    group.getKey(), () -> compare(corpus, keys, group.getValue())));
  }

  private static List<Path> keyFiles(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static void compare(Path corpus, Keys keys, List<Row> rows) throws IOException {
    Row first = rows.get(0);
    byte[] message = Files.readAllBytes(corpus.resolve(first.file()));
    List<Verdict> ours =
        Messages.check(keys, message).stream().filter(v -> v.kind() == first.kind()).toList();
    long verified = ours.stream().filter(v -> v.outcome() == Outcome.VERIFIED).count();
    long theirs = rows.stream().filter(Row::verifies).count();
    long excused = rows.stream().filter(Row::isOnlyForWantOfAKey).count();
    assertTrue(ours.size() >= rows.size(), () -> "expected " + rows + ", found " + ours);
    assertTrue(
        verified >= theirs && verified <= theirs + excused,
        () -> "expected " + rows + ", found " + ours);
  }
}
