package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header as DKIM signatures cover it: the fields that {@code h=} names, each name taken from
 * the bottom up (RFC 6376 section 5.4.2), then the signature's own field without its {@code b=}.
 */
final class SignedHeader {
  private final HeaderBlock header;
  private final Map<String, List<HeaderField>> byName = new HashMap<>();
  private long budget = Limits.CANONICAL_BYTES;

  SignedHeader(HeaderBlock header) {
    this.header = header;
    for (HeaderField field : header.fields()) {
      byName.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
    }
  }

  /**
   * The canonical header that the signature in {@code own} covers.
   *
   * @throws SyntaxFault if the signatures of this header want too much to be digested
   */
  byte[] canonical(DkimSignature signature, HeaderField own, TagList tags) throws SyntaxFault {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, Integer> taken = new HashMap<>();
    for (String name : signature.names()) {
      List<HeaderField> fields = byName.getOrDefault(name, List.of());
      int n = taken.merge(name, 1, Integer::sum);
      if (n <= fields.size()) {
        append(signature.header(), fields.get(fields.size() - n), out);
      }
    }
    appendOwn(signature.header(), own, tags, out);
    return out.toByteArray();
  }

  /** Writes one field in canonical form, with its line end. */
  void append(Canon canon, HeaderField field, ByteArrayOutputStream out) throws SyntaxFault {
    take(field);
    byte[] bytes = header.bytes();
    HeaderCanon.write(canon, bytes, field.start(), field.end(), out);
    if (canon == Canon.RELAXED || field.next() == field.end()) {
      out.write('\r');
      out.write('\n');
    } else {
      out.write(bytes, field.end(), field.next() - field.end());
    }
  }

  /** Counts a field towards what all signatures together may cover. */
  void take(HeaderField field) throws SyntaxFault {
    budget -= field.next() - field.start();
    if (budget < 0) {
      throw new SyntaxFault("the signatures cover too much header together");
    }
  }

  /** Writes a signature's own field without its {@code b=} and without a line end. */
  void appendOwn(Canon canon, HeaderField own, TagList tags, ByteArrayOutputStream out)
      throws SyntaxFault {
    take(own);
    byte[] name =
        new String(
                header.bytes(), own.start(), own.value() - own.start(), StandardCharsets.ISO_8859_1)
            .concat(tags.without("b", header.raw(own)))
            .getBytes(StandardCharsets.ISO_8859_1);
    HeaderCanon.write(canon, name, 0, name.length, out);
  }
}
