package hapax.reconstruct.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Signs messages as DKIM wants it, in the plainest way: whole strings and regular expressions, so
 * that it has nothing in common with what it tests.
 */
final class DkimSigner {
  static final KeyPair RSA = generate("RSA", 2048);
  static final KeyPair ED25519 = generate("Ed25519", 255);

  private final String algorithm;
  private final String canon;
  private String fieldName = "DKIM-Signature";
  private String selector = "sel";
  private String names = "from:to:subject:date";
  private String extra = "";
  private String sealSelector = "";
  private String resultsStart = "i=%d;";
  private boolean sealsOwnSetAlone;
  private long length = -1;

  DkimSigner(String algorithm, String canon) {
    this.algorithm = algorithm;
    this.canon = canon;
  }

  private static KeyPair generate(String type, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  DkimSigner names(String list) {
    names = list;
    return this;
  }

  /** More tags, each with its semicolon. */
  DkimSigner extra(String tags) {
    extra = tags;
    return this;
  }

  DkimSigner length(long covered) {
    length = covered;
    return this;
  }

  DkimSigner selector(String name) {
    selector = name;
    return this;
  }

  /** The selector of the seal, where it is not that of the message signature. */
  DkimSigner sealSelector(String name) {
    sealSelector = name;
    return this;
  }

  /** How ARC-Authentication-Results begin; {@code %d} is the instance. */
  DkimSigner resultsStart(String format) {
    resultsStart = format;
    return this;
  }

  /** Seals no older set, as RFC 8617 section 5.1.2 has it for {@code cv=fail}. */
  DkimSigner sealsOwnSetAlone() {
    sealsOwnSetAlone = true;
    return this;
  }

  /** Another field with the same rules, such as ARC-Message-Signature. */
  DkimSigner field(String name) {
    fieldName = name;
    return this;
  }

  static String record(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    boolean ed = pair == ED25519;
    byte[] key = ed ? Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length) : encoded;
    return "v=DKIM1; k="
        + (ed ? "ed25519" : "rsa")
        + "; p="
        + Base64.getEncoder().encodeToString(key);
  }

  static Keys keys() {
    return Messages.keys(
        "sel._domainkey.example.org TXT "
            + record(RSA)
            + "\n"
            + "ed._domainkey.example.org TXT "
            + record(ED25519));
  }

  /** The message with a signature field above it. Line ends must be CRLF. */
  String sign(String message) {
    int split = message.indexOf("\r\n\r\n") + 2;
    String header = message.substring(0, split);
    String body = canonicalBody(message.substring(Math.min(split + 2, message.length())));
    String covered = length < 0 ? body : body.substring(0, (int) length);
    String version = fieldName.startsWith("ARC") ? "" : "v=1; ";
    String unsigned =
        fieldName
            + ": "
            + version
            + "a="
            + algorithm
            + "; c="
            + canon
            + "; d=example.org;\r\n\ts="
            + selector
            + "; "
            + extra
            + (length < 0 ? "" : " l=" + length + "; ")
            + "h="
            + names
            + ";\r\n bh="
            + base64(digest(covered))
            + ";\r\n b=";
    String signed = canonicalFields(header) + canonicalField(unsigned);
    return unsigned + fold(base64(signature(digest(signed)))) + "\r\n" + message;
  }

  /** The message with one more ARC set above it, made by this signer. */
  String addArcSet(String message, int instance, String status) {
    String start = resultsStart.formatted(instance);
    String results = "ARC-Authentication-Results: " + start + " mx.example.org; spf=pass\r\n";
    DkimSigner signer =
        new DkimSigner(algorithm, "relaxed/relaxed")
            .field("ARC-Message-Signature")
            .selector(selector)
            .extra(extra + "i=" + instance + ";");
    String signed = signer.sign(message);
    String signature = signed.substring(0, signed.length() - message.length());
    String unsigned =
        "ARC-Seal: i="
            + instance
            + "; a="
            + algorithm
            + "; cv="
            + status
            + ";\r\n d=example.org; s="
            + (sealSelector.isEmpty() ? selector : sealSelector)
            + ";\r\n b=";
    StringBuilder sealed = new StringBuilder();
    for (int i = sealsOwnSetAlone ? instance : 1; i < instance; i++) {
      for (String name :
          new String[] {"ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"}) {
        sealed.append(canonicalField(find(message, name, i))).append("\r\n");
      }
    }
    sealed.append(canonicalField(results.strip())).append("\r\n");
    sealed.append(canonicalField(signature.strip())).append("\r\n");
    sealed.append(canonicalField(unsigned));
    String seal = unsigned + fold(base64(signature(digest(sealed.toString())))) + "\r\n";
    return seal + signature + results + message;
  }

  private static String find(String message, String name, int instance) {
    for (String field :
        message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n(?![ \t])", -1)) {
      if (field.startsWith(name + ":") && field.contains("i=" + instance + ";")) {
        return field;
      }
    }
    throw new IllegalArgumentException("no " + name + " i=" + instance);
  }

  private static String fold(String base64) {
    return base64.replaceAll("(.{60})", "$1\r\n  ");
  }

  private String canonicalBody(String body) {
    String text = body;
    if (canon.endsWith("/relaxed")) {
      text = text.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|\\z)", "");
    }
    text = text.replaceAll("(\r\n)*\\z", "");
    return text.isEmpty() && canon.endsWith("/relaxed") ? "" : text + "\r\n";
  }

  private String canonicalFields(String header) {
    String[] fields = header.split("\r\n(?![ \t])", -1);
    StringBuilder out = new StringBuilder();
    Map<String, Integer> seen = new HashMap<>();
    for (String name : names.split(":", -1)) {
      int skip = seen.merge(name.strip(), 1, Integer::sum);
      for (int i = fields.length - 1; i >= 0; i--) {
        boolean same = fields[i].toLowerCase(Locale.ROOT).startsWith(name.strip() + ":");
        if (same && --skip == 0) {
          out.append(canonicalField(fields[i])).append("\r\n");
        }
      }
    }
    return out.toString();
  }

  private String canonicalField(String field) {
    if (canon.startsWith("simple")) {
      return field;
    }
    String[] halves = field.split(":", 2);
    String value = halves[1].replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
    return halves[0].strip().toLowerCase(Locale.ROOT) + ":" + value;
  }

  byte[] digest(String text) {
    try {
      return MessageDigest.getInstance(algorithm.endsWith("sha1") ? "SHA-1" : "SHA-256")
          .digest(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JDK signatures digest by themselves, so the raw digest goes through a raw algorithm. */
  private byte[] signature(byte[] digest) {
    try {
      boolean ed = algorithm.startsWith("ed");
      PrivateKey key = ed ? ED25519.getPrivate() : RSA.getPrivate();
      Signature signer = Signature.getInstance(ed ? "Ed25519" : "NONEwithRSA");
      signer.initSign(key);
      signer.update(ed ? digest : info(digest));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] info(byte[] digest) {
    String prefix =
        digest.length == 20
            ? "3021300906052b0e03021a05000414"
            : "3031300d060960864801650304020105000420";
    byte[] start = java.util.HexFormat.of().parseHex(prefix);
    byte[] all = Arrays.copyOf(start, start.length + digest.length);
    System.arraycopy(digest, 0, all, start.length, digest.length);
    return all;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
