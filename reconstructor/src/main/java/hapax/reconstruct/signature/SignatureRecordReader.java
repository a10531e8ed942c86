package hapax.reconstruct.signature;

import static hapax.reconstruct.signature.SignatureRecordWriter.word;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what {@link SignatureRecordWriter} wrote, and nothing else. */
final class SignatureRecordReader {
  private final String text;
  private int at;
  private int number;
  private String name = "";
  private String value = "";

  SignatureRecordReader(String text) {
    this.text = text;
  }

  SignatureRecord read() throws IOException {
    next();
    if (!(name + " " + value).equals(SignatureRecordWriter.FIRST_LINE)) {
      throw fault("'" + SignatureRecordWriter.FIRST_LINE + "'");
    }
    next();
    Instant checked = time(take(SignatureRecordWriter.CHECKED));
    List<Verdict> verdicts = new ArrayList<>();
    while (!name.equals(SignatureRecordWriter.KEYS)) {
      verdicts.add(verdict());
    }
    return new SignatureRecord(checked, verdicts, text.substring(at));
  }

  private Verdict verdict() throws IOException {
    SignatureKind kind = among(SignatureKind.values(), take(SignatureRecordWriter.KIND));
    String place = takeIfThere(SignatureRecordWriter.PLACE);
    String signer = takeIfThere(SignatureRecordWriter.SIGNER);
    String algorithm = takeIfThere(SignatureRecordWriter.ALGORITHM);
    Strength strength = among(Strength.values(), take(SignatureRecordWriter.STRENGTH));
    Outcome outcome = among(Outcome.values(), take(SignatureRecordWriter.OUTCOME));
    String reason = takeIfThere(SignatureRecordWriter.REASON);
    LineEnds ends = among(LineEnds.values(), take(SignatureRecordWriter.LINE_ENDS));
    String signed = takeIfThere(SignatureRecordWriter.SIGNED);
    Optional<Instant> signedAt = signed.isEmpty() ? Optional.empty() : Optional.of(time(signed));
    List<Finding> findings = new ArrayList<>();
    for (Aspect aspect : Aspect.values()) {
      String answer = takeIfThere(word(aspect));
      if (!answer.isEmpty()) {
        findings.add(new Finding(aspect, among(Answer.values(), answer), "as recorded"));
      }
    }
    return new Verdict(
        kind,
        place,
        signer,
        algorithm,
        strength,
        outcome,
        reason,
        ends,
        findings,
        signedAt,
        Optional.empty());
  }

  /** The value of the line, which must have that name; goes on to the next. */
  private String take(String expected) throws IOException {
    if (!name.equals(expected)) {
      throw fault("a line '" + expected + "'");
    }
    String taken = value;
    next();
    return taken;
  }

  /** The value of the line if it has that name, going on to the next; else empty. */
  private String takeIfThere(String expected) throws IOException {
    return name.equals(expected) ? take(expected) : "";
  }

  private void next() throws IOException {
    number++;
    int end = text.indexOf('\n', at);
    if (end < 0) {
      name = "";
      value = text.substring(at);
      throw fault("a whole line");
    }
    String line = text.substring(at, end);
    int blank = line.indexOf(' ');
    name = blank < 0 ? line : line.substring(0, blank);
    value = blank < 0 ? "" : line.substring(blank + 1);
    at = end + 1;
  }

  private <E extends Enum<E>> E among(E[] values, String wanted) throws IOException {
    return Arrays.stream(values)
        .filter(each -> word(each).equals(wanted))
        .findFirst()
        .orElseThrow(() -> before("a value that is known, found '" + wanted + "'"));
  }

  private Instant time(String wanted) throws IOException {
    try {
      return Instant.parse(wanted);
    } catch (DateTimeException e) {
      throw before("a time, found '" + wanted + "'");
    }
  }

  private IOException fault(String expected) {
    return new IOException(
        "record of signatures, line "
            + number
            + ": expected "
            + expected
            + ", found '"
            + Words.clean((name + " " + value).strip(), 80)
            + "'");
  }

  /** What is wrong with the line before this one. */
  private IOException before(String expected) {
    return new IOException(
        "record of signatures, line " + (number - 1) + ": expected " + Words.clean(expected, 120));
  }
}
