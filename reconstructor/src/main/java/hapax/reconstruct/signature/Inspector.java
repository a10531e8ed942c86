package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Goes through a message, and what is enclosed in it, and has every signature checked. */
final class Inspector {
  /** CMS within CMS; three is the most that anyone speaks of. */
  private static final int ENCLOSED = 8;

  private final HeaderSignatures header;
  private final SmimeSignatures smime;
  private final PgpSignatures pgp;
  private final CarriedPgpKeys carried = new CarriedPgpKeys();
  private final Allowance allowance;
  private final List<Verdict> verdicts = new ArrayList<>();

  Inspector(Keys keys, Instant now, long length) {
    this.allowance = new Allowance(length);
    this.header = new HeaderSignatures(keys.dkim().forOneMessage(), now, allowance);
    this.smime = new SmimeSignatures(keys.certificates(), now, allowance);
    this.pgp = new PgpSignatures(keys.pgp(), carried, allowance);
  }

  /** The verdicts on the message {@code [0, length)}. */
  List<Verdict> inspect(ByteSource source) throws IOException {
    inspect(source, "", 0);
    return verdicts;
  }

  private void inspect(ByteSource source, String place, int depth) throws IOException {
    MessagePart whole = MessagePart.read(source, 0, source.length(), place);
    StructureWalk.Structure structure = StructureWalk.of(whole);
    carried.addFields(whole.header());
    collectKeys(whole, structure.root());
    visit(whole, structure.root(), depth);
    if (!structure.complete()) {
      verdicts.add(
          new VerdictDraft(SignatureKind.SMIME, place)
              .end(Outcome.UNCHECKED, "it has more parts than the limit, " + Limits.ENTITIES));
    }
  }

  private void collectKeys(MessagePart whole, MimeEntity entity) throws IOException {
    if (entity.type().name().equals("application/pgp-keys")) {
      carried.add(part(whole, entity), entity.type());
    }
    for (MimeEntity child : entity.children()) {
      collectKeys(whole, child);
    }
  }

  private void visit(MessagePart whole, MimeEntity entity, int depth) throws IOException {
    if (entity.message()) {
      verdicts.addAll(header.check(part(whole, entity)));
    }
    String type = entity.type().name();
    List<MimeEntity> children = entity.children();
    if (type.equals("multipart/signed")) {
      signed(whole, entity);
      children = children.subList(0, Math.min(children.size(), 1));
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
    List<MimeEntity> children = entity.children();
    String second = children.size() < 2 ? "" : children.get(1).type().name();
    String protocol = entity.type().parameter("protocol").toLowerCase(Locale.ROOT) + " " + second;
    boolean isSmime = protocol.contains("pkcs7-signature");
    if (!isSmime && !protocol.contains("application/pgp-signature")) {
      return;
    }
    if (children.size() < 2) {
      SignatureKind kind = isSmime ? SignatureKind.SMIME : SignatureKind.PGP_MIME;
      verdicts.add(new VerdictDraft(kind, entity.place()).failed("the signature part is missing"));
    } else if (isSmime) {
      verdicts.addAll(smime.detached(part(whole, entity), children.get(0), children.get(1)));
    } else {
      verdicts.addAll(pgp.detached(part(whole, entity), children.get(0), children.get(1)));
    }
  }

  private void opaque(MessagePart part, ContentType type, int depth) throws IOException {
    try (MessageBuffer inner = new MessageBuffer(allowance)) {
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
