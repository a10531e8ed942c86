package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdicts on a message's DKIM-Signature fields (RFC 6376 section 6). */
final class DkimSignatures {
  static final String FIELD = "dkim-signature";

  private final DkimKeys keys;
  private final Instant now;

  DkimSignatures(DkimKeys keys, Instant now) {
    this.keys = keys;
    this.now = now;
  }

  /** One verdict a signature, over the bytes as kept or, where only that holds, over CRLF. */
  List<Verdict> check(MessagePart message, BodyDigests bodies) throws IOException {
    if (message.header().named(FIELD).isEmpty()) {
      return List.of();
    }
    return LineEndChoice.choose(
        bodies::coverBareLineFeed, message::hasBareLineFeed, ends -> check(message, bodies, ends));
  }

  private List<Verdict> check(MessagePart message, BodyDigests bodies, LineEnds ends)
      throws IOException {
    HeaderBlock header = message.header(ends);
    List<HeaderField> fields = header.named(FIELD);
    List<Reading> readings = new ArrayList<>();
    for (HeaderField field : fields.subList(0, Math.min(fields.size(), Limits.SIGNATURES))) {
      readings.add(Reading.of(header, field, draft(message, ends)));
    }
    SignedHeader signed = new SignedHeader(header);
    Instant arrived = Arrival.of(header).orElse(now);
    List<Verdict> verdicts = new ArrayList<>();
    for (Reading reading : readings) {
      verdicts.add(verdict(reading, bodies, ends, signed, arrived));
    }
    if (fields.size() > Limits.SIGNATURES) {
      verdicts.add(beyond(fields.size(), draft(message, ends)));
    }
    return verdicts;
  }

  private static VerdictDraft draft(MessagePart message, LineEnds ends) {
    return new VerdictDraft(SignatureKind.DKIM, message.place()).lineEnds(ends);
  }

  private Verdict verdict(
      Reading reading, BodyDigests bodies, LineEnds ends, SignedHeader signed, Instant arrived)
      throws IOException {
    if (reading.field.isEmpty()) {
      return reading.draft.failed(reading.fault);
    }
    DkimCheck check = new DkimCheck(reading.field.get(), reading.draft);
    check.body(bodies, ends);
    try {
      check.header(signed, keys);
    } catch (SyntaxFault e) {
      return reading.draft.end(Outcome.UNCHECKED, String.valueOf(e.getMessage()));
    }
    check.time(arrived, now);
    return reading.draft.judge();
  }

  private static Verdict beyond(int count, VerdictDraft draft) {
    String more = (count - Limits.SIGNATURES) + " more signatures were not checked";
    return draft.end(Outcome.UNCHECKED, more + ": the limit is " + Limits.SIGNATURES);
  }

  /** A signature field that could be read, or what is wrong with it. */
  private record Reading(Optional<DkimField> field, VerdictDraft draft, String fault) {
    static Reading of(HeaderBlock header, HeaderField field, VerdictDraft draft) {
      try {
        DkimField read = DkimField.read(DkimSignature.Field.DKIM, header, field, draft);
        return new Reading(Optional.of(read), draft, "");
      } catch (SyntaxFault e) {
        String fault = "the signature can not be read: " + e.getMessage();
        return new Reading(Optional.empty(), draft, fault);
      }
    }
  }
}
