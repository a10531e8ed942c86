package hapax.reconstruct.signature;

import java.util.Base64;
import java.util.Random;

/**
 * Messages made at random of what matters to the search for signatures: parts within parts, texts
 * around the length from which on they are blobs of their own, in all encodings, and armor and
 * boundaries anywhere in them. Seeded.
 */
final class RandomMail {
  private static final String[] ARMOR = {
    "-----BEGIN PGP MESSAGE-----\n\nqANQR1DDDQ==\n=aaaa\n",
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nx\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n",
    "-----BEGIN PGP MESSAGE, PART 1/2-----\n\nqANQR1DDDQ==\n",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ==\n-----END PGP PUBLIC KEY BLOCK-----\n"
  };
  private static final String[] TEXTS = {
    "text/plain", "text/plain; charset=utf-8", "text/html", "application/pgp", "application/pdf",
    "application/octet-stream", "application/pkcs7-mime", "TEXT/Plain", "text / plain", "image/png"
  };
  private static final String[] ENCODINGS = {
    "", "7bit", "8bit", "quoted-printable", "base64", "BASE64", "x-none", "base64 ", "(a) base64"
  };
  private static final String[] FIELDS = {
    "DKIM-Signature: v=1", "ARC-Seal: i=1", "DomainKey-Signature: a=b", "dkim-signature\t: v=1"
  };
  private static final String[] MULTIPARTS = {
    "mixed", "alternative", "digest", "related", "signed"
  };

  private final Random random;
  private int boundaries;

  RandomMail(long seed) {
    this.random = new Random(seed);
  }

  /** A message; about one in four has something that counts as a signature. */
  byte[] message() {
    boundaries = 0;
    String text = header() + entity(0);
    return Messages.bytes(random.nextBoolean() ? text : text.replace("\n", "\r\n"));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private String header() {
    String header = "From: ann@example.org\nSubject: plan " + random.nextInt() + "\n";
    return oneIn(25) ? one(FIELDS) + "\n" + header : header;
  }

  /** An entity: the fields that say what it is, an empty line, its body. */
  private String entity(int depth) {
    int kind = depth > 3 ? 9 : random.nextInt(10);
    if (kind < 4) {
      return multipart(depth);
    }
    if (kind == 4) {
      return "Content-Type: message/rfc822\n\n" + header() + entity(depth + 1);
    }
    String encoding = one(ENCODINGS);
    String body = lines();
    if (encoding.equalsIgnoreCase("base64")) {
      body = Base64.getMimeEncoder(76, Messages.bytes("\n")).encodeToString(Messages.bytes(body));
      body += oneIn(3) ? "" : "\n";
    }
    if (oneIn(12)) {
      body += (oneIn(2) ? "" : "\n") + one(ARMOR);
    }
    String type = oneIn(6) ? "" : "Content-Type: " + one(TEXTS) + "\n";
    String how = encoding.isEmpty() ? "" : "Content-Transfer-Encoding: " + encoding + "\n";
    return type + how + "\n" + body;
  }

  private String multipart(int depth) {
    String boundary = "b" + boundaries++;
    StringBuilder out = new StringBuilder("Content-Type: multipart/");
    out.append(oneIn(8) ? one(MULTIPARTS) : "mixed").append("; boundary=").append(boundary);
    out.append("\n\n").append(oneIn(4) ? lines() : "");
    for (int parts = random.nextInt(4); parts >= 0; parts--) {
      out.append(oneIn(5) ? "" : "\n").append("--").append(boundary).append('\n');
      out.append(entity(depth + 1));
    }
    return out + (oneIn(6) ? "" : "\n--" + boundary + "--\n") + (oneIn(6) ? lines() : "");
  }

  /** Lines, some of which begin with dashes or are a boundary, of an own length or of none. */
  private String lines() {
    StringBuilder out = new StringBuilder();
    int most = random.nextInt(8) * random.nextInt(600);
    do {
      out.append("all that was said and done ".repeat(random.nextInt(4)));
      out.append(oneIn(40) ? "\n--b" + random.nextInt(3) + (oneIn(2) ? "" : "--") : "");
      out.append(oneIn(9) ? "\n-- " : "").append(oneIn(60) ? "-----BEGIN PGP" : "");
      out.append(oneIn(150) ? "\n" + one(ARMOR) : "").append('\n');
    } while (out.length() < most);
    return oneIn(9) ? out.substring(0, out.length() - 1) : out.toString();
  }
}
