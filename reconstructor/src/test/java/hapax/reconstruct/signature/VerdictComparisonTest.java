package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class VerdictComparisonTest {
  private static final String MESSAGE =
      new DkimSigner("rsa-sha256", "relaxed/relaxed").sign("From: a@example.org\r\n\r\nbody\r\n");

  private static List<Verdict> check(String message) {
    return Messages.check(DkimSigner.keys(), Messages.bytes(message));
  }

  @Test
  void equalCopiesShouldNotDiffer() {
    assertEquals(List.of(), VerdictComparison.between(check(MESSAGE), check(MESSAGE)));
    assertEquals(List.of(), VerdictComparison.between(List.of(), List.of()));
  }

  @Test
  void everyAspectThatDiffersShouldBeNamed() {
    List<VerdictDifference> differences =
        VerdictComparison.between(check(MESSAGE), check(MESSAGE.replace("body", "bodY")));
    assertEquals(
        List.of("outcome", "body digest"),
        differences.stream().map(VerdictDifference::point).toList());
    assertEquals(
        "DKIM signature of sel._domainkey.example.org: body digest was YES, is NO",
        differences.get(1).toString());
  }

  @Test
  void lostLineEndsShouldBeADifference() {
    List<VerdictDifference> differences =
        VerdictComparison.between(check(MESSAGE), check(MESSAGE.replace("\r\n", "\n")));
    assertEquals(List.of("line ends"), differences.stream().map(VerdictDifference::point).toList());
  }

  @Test
  void lostSignatureShouldBeADifference() {
    List<VerdictDifference> differences = VerdictComparison.between(check(MESSAGE), List.of());
    assertEquals("missing", differences.get(0).after());
    differences = VerdictComparison.between(List.of(), check(MESSAGE));
    assertEquals("missing", differences.get(0).before());
  }

  @Test
  void firstDifferenceShouldBeTheOffsetOfTheByte() throws IOException {
    byte[] bytes = new byte[200_000];
    for (int at : new int[] {0, 65_535, 65_536, 199_999}) {
      byte[] other = bytes.clone();
      other[at] = 1;
      assertEquals(OptionalLong.of(at), first(bytes, other));
    }
    assertEquals(OptionalLong.empty(), first(bytes, bytes.clone()));
    assertEquals(OptionalLong.of(7), first(new byte[7], bytes));
    assertEquals(OptionalLong.of(0), first(bytes, new byte[0]));
  }

  private static OptionalLong first(byte[] before, byte[] after) throws IOException {
    return VerdictComparison.firstDifference(
        ByteSource.of(before, before.length), ByteSource.of(after, after.length));
  }
}
