package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** The bytes {@code [from, to)} of a source, as what a signature covers. */
final class SignedContent {
  /** Schemes that sign the message itself want it in memory. */
  private static final long LARGEST_WHOLE = 16 << 20;

  private record Key(DigestName name, LineEnds ends) {}

  private final ByteSource source;
  private final long from;
  private final long to;
  private final Allowance allowance;
  private final Map<Key, byte[]> digests = new HashMap<>();

  SignedContent(ByteSource source, long from, long to, Allowance allowance) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.allowance = allowance;
  }

  /** What the message that it stands in may still cost. */
  Allowance allowance() {
    return allowance;
  }

  byte[] digest(DigestName name, LineEnds ends) throws IOException {
    Key key = new Key(name, ends);
    byte[] known = digests.get(key);
    if (known == null) {
      MessageDigest digest = name.start();
      copyTo(ends, new DigestStream(digest));
      known = digest.digest();
      digests.put(key, known);
    }
    return known;
  }

  /** Writes the content with those line ends; each time counts towards the limits. */
  void copyTo(LineEnds ends, OutputStream sink) throws IOException {
    allowance.takeDigested(to - from);
    source.copyTo(from, to, ends == LineEnds.CRLF ? new CrlfStream(sink) : sink);
  }

  byte[] whole(LineEnds ends) throws IOException {
    if (to - from > LARGEST_WHOLE) {
      throw new LimitException("the scheme signs the content itself, which is too large for that");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) (to - from));
    copyTo(ends, out);
    return out.toByteArray();
  }

  boolean hasBareLineFeed() throws IOException {
    return BareLineFeed.isIn(source, from, to);
  }

  boolean beginsWithBareLineFeed() throws IOException {
    return BareLineFeed.isFirst(source, from, to);
  }
}
