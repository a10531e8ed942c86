package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found about a message's signatures at a moment, with the keys as they stood then, to be
 * kept beside the message: keys vanish from DNS, and the record still shows that the signatures
 * were right and that the same bytes give the same answers again.
 *
 * <p>{@code doc/signature-record.md} has the text. Reasons of single findings are not in it.
 *
 * @param checked the moment
 * @param verdicts as {@link SignatureCheck#check} gave them
 * @param keys the keys that were used, in a form that {@link Keys#of} reads
 */
public record SignatureRecord(Instant checked, List<Verdict> verdicts, String keys) {
  public SignatureRecord {
    verdicts = List.copyOf(verdicts);
  }

  /** The record of a check, with the keys that the verdicts name. */
  static SignatureRecord of(Instant checked, List<Verdict> verdicts) {
    Set<String> keys = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      verdict.key().ifPresent(key -> keys.add(key.stripTrailing() + "\n"));
    }
    return new SignatureRecord(checked, verdicts, String.join("", keys));
  }

  /**
   * The record that {@link #text} wrote.
   *
   * @throws IOException if it is none; the message names the line, what was expected and found
   */
  public static SignatureRecord parse(String text) throws IOException {
    return new SignatureRecordReader(text).read();
  }

  /** The record as text. */
  public String text() {
    return SignatureRecordWriter.text(this);
  }

  /**
   * Checks {@code message} again with these keys, as of that moment; says in what the answers
   * differ from those recorded. Whether a signer leads to a root is not asked again: roots are not
   * kept.
   *
   * @throws IOException if the message, or a kept key, can not be read
   */
  public List<VerdictDifference> again(ByteSource message) throws IOException {
    Clock then = Clock.fixed(checked, ZoneOffset.UTC);
    return VerdictComparison.ofBytes(
        verdicts, new SignatureCheck(Keys.of(keys), then).check(message));
  }
}
