package hapax.reconstruct.signature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a DKIM-Signature or ARC-Message-Signature field says.
 *
 * @param algorithm {@code a=}
 * @param header canonicalisation of the header, from {@code c=}
 * @param body canonicalisation of the body, from {@code c=}
 * @param domain {@code d=}, in lower case
 * @param selector {@code s=}
 * @param identity {@code i=} decoded, or @domain; @domain for an ARC set, which has none (RFC 8617
 *     section 4.1.2)
 * @param names {@code h=}, lower case, in order, with repetitions
 * @param bodyHash {@code bh=}
 * @param signature {@code b=}
 * @param bodyLength {@code l=}, or the largest long for all
 * @param signedAt {@code t=} in seconds since 1970, or -1
 * @param expires {@code x=} in seconds since 1970, or the largest long
 * @param draft whether it follows a draft from before RFC 4871
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record DkimSignature(
    DkimAlgorithm algorithm,
    Canon header,
    Canon body,
    String domain,
    String selector,
    String identity,
    List<String> names,
    byte[] bodyHash,
    byte[] signature,
    long bodyLength,
    long signedAt,
    long expires,
    boolean draft) {

  private static final Set<String> DRAFTS = Set.of("", "0.2", "0.3", "0.4", "0.5");

  /** Which field the tags stand in: their rules differ a little. */
  enum Field {
    DKIM,
    ARC;

    /** RFC 8617 is silent; other verifiers take this, and signers rely on it. */
    private String defaultCanon() {
      return this == ARC ? "relaxed/relaxed" : "simple/simple";
    }

    /** ARC has the instance in {@code i=}. */
    private String identity(TagList tags, String domain) {
      String ofDomain = "@" + domain;
      return this == ARC ? ofDomain : Ascii.quotedPrintable(tags.get("i", ofDomain));
    }
  }

  static DkimSignature parse(Field field, TagList tags) throws SyntaxFault {
    String version = tags.get("v", "");
    boolean draft = field == Field.DKIM && isDraft(version);
    if (field == Field.DKIM && !version.equals("1") && !draft) {
      throw new SyntaxFault("the version v=" + version + " is not 1");
    }
    String[] canons = tags.get("c", field.defaultCanon()).toLowerCase(Locale.ROOT).split("/", 2);
    String domain = domain(tags.get("d"));
    DkimSignature signature =
        new DkimSignature(
            DkimAlgorithm.of(tags.get("a")),
            Canon.of(canons[0].strip()),
            canons.length > 1 ? Canon.of(canons[1].strip()) : Canon.SIMPLE,
            domain,
            selector(tags.get("s")),
            field.identity(tags, domain),
            names(tags.get("h")),
            Ascii.base64(tags.get("bh"), "bh="),
            Ascii.base64(tags.get("b"), "b="),
            number(tags, "l", Long.MAX_VALUE),
            number(tags, "t", -1),
            number(tags, "x", Long.MAX_VALUE),
            draft);
    signature.check(field, tags);
    return signature;
  }

  /** Drafts had no version, or 0.2 to 0.5; their signatures are otherwise those of today. */
  private static boolean isDraft(String version) {
    return DRAFTS.contains(version);
  }

  private void check(Field field, TagList tags) throws SyntaxFault {
    if (field == Field.ARC) {
      algorithm.checkForArc();
    }
    if (field == Field.ARC && names.contains("arc-seal")) {
      throw new SyntaxFault("h= covers ARC-Seal, which it must not");
    }
    if (field == Field.DKIM && !names.contains("from")) {
      throw new SyntaxFault("h= does not cover From");
    }
    if (expires < signedAt) {
      throw new SyntaxFault("it expires (x=) before it was made (t=)");
    }
    if (signature.length == 0) {
      throw new SyntaxFault("b= is empty");
    }
    if (field == Field.DKIM && identity.indexOf('@') < 0) {
      throw new SyntaxFault("the identity has no @: i=" + identity);
    }
    if (field == Field.DKIM && !isWithin(identityDomain(), domain)) {
      throw new SyntaxFault("the identity i=" + identity + " is not within d=" + domain);
    }
    String queries = tags.get("q", "dns/txt").toLowerCase(Locale.ROOT);
    boolean dns = Arrays.stream(queries.split(":", -1)).anyMatch(q -> q.strip().equals("dns/txt"));
    if (!dns && !draft) {
      throw new SyntaxFault("no known way to the key: q=" + queries);
    }
  }

  private static long number(TagList tags, String name, long otherwise) throws SyntaxFault {
    return tags.find(name).isEmpty() ? otherwise : Ascii.number(tags.get(name).strip(), name + "=");
  }

  static String domain(String text) throws SyntaxFault {
    String domain = text.toLowerCase(Locale.ROOT);
    if (domain.isEmpty() || domain.chars().anyMatch(c -> c <= ' ' || c == '@')) {
      throw new SyntaxFault("not a domain: d=" + text);
    }
    return domain;
  }

  static String selector(String text) throws SyntaxFault {
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ')) {
      throw new SyntaxFault("not a selector: s=" + text);
    }
    return text;
  }

  /** Empty names, which some signers leave by mistake, name nothing. */
  private static List<String> names(String list) {
    return Arrays.stream(list.split(":", -1))
        .map(HeaderCanon::listName)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static boolean isWithin(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }

  private String identityDomain() {
    return identity.substring(identity.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether the identity is of a subdomain, which a key with {@code t=s} forbids. */
  boolean isOfSubdomain() {
    return !identityDomain().equals(domain);
  }

  /** Where the key record stands in DNS. */
  String keyName() {
    return selector + "._domainkey." + domain;
  }
}
