package hapax.reconstruct.signature;

import java.util.Locale;

/** Writes a {@link SignatureRecord} as text, a line for each thing said. */
final class SignatureRecordWriter {
  /** The first line; a later layout has another number. */
  static final String FIRST_LINE = "hapax signatures 1";

  static final String CHECKED = "checked";
  static final String KEYS = "keys";
  static final String KIND = "verdict";
  static final String PLACE = "place";
  static final String SIGNER = "signer";
  static final String ALGORITHM = "algorithm";
  static final String STRENGTH = "strength";
  static final String OUTCOME = "outcome";
  static final String REASON = "reason";
  static final String LINE_ENDS = "line-ends";
  static final String SIGNED = "signed";

  private final StringBuilder out = new StringBuilder();

  private SignatureRecordWriter() {}

  static String text(SignatureRecord record) {
    SignatureRecordWriter writer = new SignatureRecordWriter();
    writer.out.append(FIRST_LINE).append('\n');
    writer.line(CHECKED, record.checked().toString());
    record.verdicts().forEach(writer::verdict);
    writer.out.append(KEYS).append('\n').append(record.keys());
    return writer.out.toString();
  }

  private void verdict(Verdict verdict) {
    line(KIND, word(verdict.kind()));
    line(PLACE, verdict.place());
    line(SIGNER, verdict.signer());
    line(ALGORITHM, verdict.algorithm());
    line(STRENGTH, word(verdict.strength()));
    line(OUTCOME, word(verdict.outcome()));
    line(REASON, verdict.reason());
    line(LINE_ENDS, word(verdict.lineEnds()));
    verdict.signedAt().ifPresent(time -> line(SIGNED, time.toString()));
    for (Finding finding : verdict.findings()) {
      line(word(finding.aspect()), word(finding.answer()));
    }
  }

  /** An empty value has no line. */
  private void line(String name, String value) {
    if (!value.isEmpty()) {
      out.append(name).append(' ').append(value).append('\n');
    }
  }

  /** The name of a value in a record. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
