package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Goes through a message, and what is enclosed in it, and has every signature checked. */
final class Inspector {
  /** CMS within CMS; three is the most that anyone speaks of. */
  private static final int ENCLOSED = 8;

  private final DkimSignatures dkim;
  private final ArcSignatures arc;
  private final DomainKeysSignatures domainKeys;
  private final SmimeSignatures smime;
  private final PgpSignatures pgp;
  private final Allowance allowance;
  private final List<Verdict> verdicts = new ArrayList<>();

  Inspector(Keys keys, Instant now, long length) {
    this.allowance = new Allowance(length);
    this.dkim = new DkimSignatures(keys.dkim(), now);
    this.arc = new ArcSignatures(keys.dkim());
    this.domainKeys = new DomainKeysSignatures(keys.dkim());
    this.smime = new SmimeSignatures(keys.certificates(), now, allowance);
    this.pgp = new PgpSignatures(keys.pgp(), allowance);
  }

  /** The verdicts on the message {@code [0, length)}. */
  List<Verdict> inspect(ByteSource source) throws IOException {
    inspect(source, "", 0);
    return verdicts;
  }

  private void inspect(ByteSource source, String place, int depth) throws IOException {
    MessagePart whole = MessagePart.read(source, 0, source.length(), place);
    StructureWalk.Structure structure = StructureWalk.of(whole);
    visit(whole, structure.root(), depth);
    if (!structure.complete()) {
      verdicts.add(
          new VerdictDraft(SignatureKind.SMIME, place)
              .end(Outcome.UNCHECKED, "it has more parts than the limit, " + Limits.ENTITIES));
    }
  }

  private void visit(MessagePart whole, MimeEntity entity, int depth) throws IOException {
    if (entity.message()) {
      MessagePart message = part(whole, entity);
      verdicts.addAll(dkim.check(message));
      verdicts.addAll(arc.check(message));
      verdicts.addAll(domainKeys.check(message));
    }
    String type = entity.type().name();
    List<MimeEntity> children = entity.children();
    if (type.equals("multipart/signed") && children.size() >= 2) {
      signed(whole, entity);
      visit(whole, children.get(0), depth);
      return;
    }
    if (entity.type().isPkcs7Mime()) {
      opaque(part(whole, entity), entity.type(), depth);
    }
    if (type.equals("multipart/encrypted")) {
      verdicts.addAll(pgp.sealed(entity.place()));
      return;
    }
    if (entity.armored()) {
      verdicts.addAll(pgp.inline(part(whole, entity), entity.type()));
    }
    for (MimeEntity child : children) {
      visit(whole, child, depth);
    }
  }

  /** Who signed is said by the second part's type, and by the protocol parameter as well. */
  private void signed(MessagePart whole, MimeEntity entity) throws IOException {
    MimeEntity signature = entity.children().get(1);
    String protocol = entity.type().parameter("protocol") + " " + signature.type().name();
    MimeEntity content = entity.children().get(0);
    if (protocol.contains("pkcs7-signature")) {
      verdicts.addAll(smime.detached(part(whole, entity), content, signature));
    } else if (protocol.contains("application/pgp-signature")) {
      verdicts.addAll(pgp.detached(part(whole, entity), content, signature));
    }
  }

  private void opaque(MessagePart part, ContentType type, int depth) throws IOException {
    try (Spool inner = new Spool(allowance)) {
      verdicts.addAll(smime.opaque(part, type, inner));
      if (depth < ENCLOSED && inner.length() > 0) {
        inspect(inner, part.place() + "*", depth + 1);
      }
    }
  }

  private static MessagePart part(MessagePart whole, MimeEntity entity) throws IOException {
    return entity.from() == whole.from() && entity.to() == whole.to()
        ? whole
        : MessagePart.read(whole.source(), entity.from(), entity.to(), entity.place());
  }
}
