package hapax.reconstruct.signature;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdicts on a message's DomainKey-Signature fields (RFC 4870), which are history. */
final class DomainKeysSignatures {
  private static final String FIELD = "domainkey-signature";
  private static final byte[] BLANK_LINE = {'\r', '\n'};

  /** Each takes a pass over the body; nobody signed twice. */
  private static final int MOST = 5;

  private final DkimKeys keys;

  DomainKeysSignatures(DkimKeys keys) {
    this.keys = keys;
  }

  List<Verdict> check(MessagePart message) throws IOException {
    if (message.header().named(FIELD).isEmpty()) {
      return List.of();
    }
    return LineEndChoice.choose(message::hasBareLineFeed, ends -> check(message, ends));
  }

  private List<Verdict> check(MessagePart message, LineEnds ends) throws IOException {
    HeaderBlock header = message.header(ends);
    SignedHeader signed = new SignedHeader(header);
    List<Verdict> verdicts = new ArrayList<>();
    List<HeaderField> fields = header.named(FIELD);
    for (HeaderField field : fields.subList(0, Math.min(fields.size(), MOST))) {
      VerdictDraft draft =
          new VerdictDraft(SignatureKind.DOMAIN_KEYS, message.place())
              .lineEnds(ends)
              .atMost(Strength.HISTORIC);
      try {
        check(message, ends, header, field, signed, draft);
        verdicts.add(draft.judge());
      } catch (SyntaxFault e) {
        verdicts.add(draft.failed("the signature can not be read: " + e.getMessage()));
      }
    }
    return verdicts;
  }

  private void check(
      MessagePart message,
      LineEnds ends,
      HeaderBlock header,
      HeaderField field,
      SignedHeader signed,
      VerdictDraft draft)
      throws IOException, SyntaxFault {
    TagList tags = DkimField.tags(header, field);
    draft.signer(tags.get("s", "?") + "._domainkey." + tags.get("d", "?"));
    draft.algorithm(tags.get("a", "rsa-sha1"));
    DomainKeysSignature signature = DomainKeysSignature.parse(header, field, tags);
    MessageDigest digest = DigestName.SHA1.start();
    digest.update(signature.canonicalHeader(signed, header.bytes()));
    body(message, ends, signature, digest);
    byte[] value = digest.digest();
    KeyTrial trial =
        KeyTrial.of(
            keys,
            signature.keyName(),
            key -> key.type().equals("rsa") ? Optional.empty() : Optional.of("it is no RSA key"),
            key -> key.match(DigestName.SHA1, value, signature.signature()));
    DkimCheck.report(trial, signature.keyName(), draft);
  }

  /** The blank line after the header is the first of the body, and may be empty with it. */
  private static void body(
      MessagePart message, LineEnds ends, DomainKeysSignature signature, MessageDigest digest)
      throws IOException {
    try (BodyCanon canon = BodyCanon.ofDomainKeys(ends, new DigestStream(digest))) {
      canon.write(BLANK_LINE, 0, BLANK_LINE.length);
      message.body(signature.withoutBlanks() ? new BlankFilter(canon) : canon);
      canon.end();
    }
  }
}
