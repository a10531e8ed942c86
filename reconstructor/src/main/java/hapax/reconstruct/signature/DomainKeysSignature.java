package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a DomainKey-Signature field says, and which header fields it covers (RFC 4870 section 3.3).
 *
 * @param withoutBlanks whether {@code c=nofws}: all blanks are left out
 * @param covered the fields in the order of signing
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record DomainKeysSignature(
    boolean withoutBlanks,
    String domain,
    String selector,
    byte[] signature,
    List<HeaderField> covered) {

  private static final Pattern ADDRESS = Pattern.compile("@([A-Za-z0-9.-]+)\\s*(?:>|$|[(,;])");

  static DomainKeysSignature parse(HeaderBlock header, HeaderField field, TagList tags)
      throws SyntaxFault {
    if (!tags.get("a", "rsa-sha1").equalsIgnoreCase("rsa-sha1")) {
      throw new SyntaxFault("unknown algorithm: a=" + tags.get("a"));
    }
    String canon = tags.get("c", "simple").toLowerCase(Locale.ROOT);
    if (!canon.equals("simple") && !canon.equals("nofws")) {
      throw new SyntaxFault("unknown canonicalisation: " + canon);
    }
    List<HeaderField> covered = covered(header, field, tags.find("h"));
    DomainKeysSignature signature =
        new DomainKeysSignature(
            canon.equals("nofws"),
            DkimSignature.domain(tags.get("d")),
            DkimSignature.selector(tags.get("s")),
            Ascii.base64(tags.get("b"), "b="),
            covered);
    signature.checkSender(header);
    return signature;
  }

  /**
   * Only fields below the signature are covered; of a name that is listed once all of them, of one
   * that is listed more often one each from the bottom up, the rest with the first.
   */
  private static List<HeaderField> covered(
      HeaderBlock header, HeaderField own, Optional<String> list) {
    List<HeaderField> below =
        header.fields().stream().filter(f -> f.start() > own.start()).toList();
    if (list.isEmpty()) {
      return below;
    }
    Map<String, List<HeaderField>> byName = new HashMap<>();
    below.forEach(f -> byName.computeIfAbsent(f.name(), n -> new ArrayList<>()).add(f));
    List<String> names =
        Arrays.stream(list.get().split(":", -1)).map(HeaderCanon::listName).toList();
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> counts.merge(name, 1, Integer::sum));
    List<HeaderField> fromBottom = new ArrayList<>();
    for (int i = names.size() - 1; i >= 0; i--) {
      List<HeaderField> left = byName.getOrDefault(names.get(i), new ArrayList<>());
      boolean all = counts.merge(names.get(i), -1, Integer::sum) == 0;
      while (!left.isEmpty()) {
        fromBottom.add(left.remove(left.size() - 1));
        if (!all) {
          break;
        }
      }
    }
    Collections.reverse(fromBottom);
    return fromBottom;
  }

  /** The sender, or else the author, as far as signed, must be of the signing domain. */
  private void checkSender(HeaderBlock header) throws SyntaxFault {
    String address = domainOf(header, "sender").orElse(domainOf(header, "from").orElse(""));
    if (!address.equals(domain) && !address.endsWith("." + domain)) {
      throw new SyntaxFault("the sender's domain " + address + " is not within d=" + domain);
    }
  }

  private Optional<String> domainOf(HeaderBlock header, String name) {
    for (HeaderField field : covered) {
      if (field.isNamed(name)) {
        Matcher matcher = ADDRESS.matcher(header.raw(field).strip());
        return matcher.find()
            ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  String keyName() {
    return selector + "._domainkey." + domain;
  }

  /** The covered fields in canonical form, then the blank line that belongs to the body. */
  byte[] canonicalHeader(SignedHeader header, byte[] bytes) throws SyntaxFault {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (HeaderField field : covered) {
      if (withoutBlanks) {
        header.take(field);
        appendWithoutBlanks(bytes, field, out);
      } else {
        header.append(Canon.SIMPLE, field, out);
      }
    }
    return out.toByteArray();
  }

  private static void appendWithoutBlanks(
      byte[] bytes, HeaderField field, ByteArrayOutputStream out) {
    for (int i = field.start(); i < field.end(); i++) {
      if (!Ascii.isBlank(bytes[i])) {
        out.write(bytes[i]);
      }
    }
    out.write('\r');
    out.write('\n');
  }
}
