package hapax.reconstruct.signature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DKIM key record (RFC 6376 section 3.6.1). The {@code g=} tag of RFC 4871 is left aside, as RFC
 * 6376 does.
 *
 * @param type {@code k=}, in lower case
 * @param hashes {@code h=}, empty if any will do
 * @param key {@code p=}, empty for a revoked key
 * @param services {@code s=}
 * @param flags {@code t=}
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record DkimKey(
    String type, List<String> hashes, byte[] key, List<String> services, List<String> flags) {

  /** The key record of DomainKeys is the same but for the version, which it lacks. */
  static DkimKey parse(String record) throws SyntaxFault {
    TagList tags = TagList.parse(record);
    String version = tags.get("v", "DKIM1");
    if (!version.equals("DKIM1")) {
      throw new SyntaxFault("the key record's version is " + version + ", not DKIM1");
    }
    return new DkimKey(
        tags.get("k", "rsa").toLowerCase(Locale.ROOT),
        list(tags.get("h", "")),
        Ascii.base64(tags.get("p"), "the key record's p="),
        list(tags.get("s", "*")),
        list(tags.get("t", "")));
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.toLowerCase(Locale.ROOT).split(":", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  /** Why this key must not be used for that signature; empty if it may. */
  Optional<String> objection(DkimSignature signature) {
    Optional<String> fault = objection(signature.algorithm());
    if (fault.isEmpty() && flags.contains("s") && signature.isOfSubdomain()) {
      return Optional.of("the key is not for subdomains (t=s), the identity is of one");
    }
    return fault;
  }

  /** Why this key must not be used for mail with that algorithm; empty if it may. */
  Optional<String> objection(DkimAlgorithm algorithm) {
    if (!type.equals(algorithm.keyType())) {
      return Optional.of("the key is of type " + type);
    }
    if (!hashes.isEmpty() && !hashes.contains(algorithm.hashName())) {
      return Optional.of("the key is not for " + algorithm.hashName());
    }
    if (!services.isEmpty() && !services.contains("*") && !services.contains("email")) {
      return Optional.of("the key is not for mail: s=" + String.join(":", services));
    }
    return Optional.empty();
  }

  boolean isForTesting() {
    return flags.contains("y");
  }
}
