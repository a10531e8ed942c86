package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The body digests that all DKIM and ARC signatures of a message ask for: one pass over its body
 * for each reading of its line ends, when the first of them is asked for.
 */
final class BodyDigests {
  private record Key(DigestName digest, Canon canon) {
    static Key of(DkimSignature signature) {
      return new Key(signature.algorithm().digest(), signature.body());
    }
  }

  private final MessagePart message;
  private final List<DkimSignature> signatures;
  private final Map<LineEnds, Map<Key, MarkedDigest>> known = new EnumMap<>(LineEnds.class);

  BodyDigests(MessagePart message, List<DkimSignature> signatures) {
    this.message = message;
    this.signatures = signatures;
  }

  /** The digest of what the signature, one of those given, covers of the body. */
  byte[] digest(DkimSignature signature, LineEnds ends) throws IOException {
    return of(signature, ends).prefix(signature.bodyLength());
  }

  /** The length of the body in that signature's canonical form. */
  long length(DkimSignature signature, LineEnds ends) throws IOException {
    return of(signature, ends).length();
  }

  /**
   * Whether the body's first line end is a bare line feed, and covered by every signature. Then no
   * digest of the body as it is kept is one of the body over CRLF.
   */
  boolean coverBareLineFeed() throws IOException {
    return signatures.stream().allMatch(s -> s.bodyLength() == Long.MAX_VALUE)
        && BareLineFeed.isFirst(message.source(), message.header().bodyStart(), message.to());
  }

  private MarkedDigest of(DkimSignature signature, LineEnds ends) throws IOException {
    Map<Key, MarkedDigest> digests = known.get(ends);
    if (digests == null) {
      digests = read(ends);
      known.put(ends, digests);
    }
    MarkedDigest digest = digests.get(Key.of(signature));
    if (digest == null) {
      throw new IllegalArgumentException("no digest was asked for this signature");
    }
    return digest;
  }

  private Map<Key, MarkedDigest> read(LineEnds ends) throws IOException {
    Map<Key, MarkedDigest> digests = new HashMap<>();
    for (DkimSignature signature : signatures) {
      digests
          .computeIfAbsent(Key.of(signature), key -> new MarkedDigest(key.digest().start()))
          .mark(signature.bodyLength());
    }
    List<BodyCanon> canons =
        digests.entrySet().stream()
            .map(entry -> new BodyCanon(entry.getKey().canon(), ends, entry.getValue()))
            .toList();
    message.body(new Fan(canons));
    for (BodyCanon canon : canons) {
      canon.end();
    }
    return digests;
  }

  /** Hands bytes on in pieces that stay in the processor's cache while all go over them. */
  private static final class Fan extends OutputStream {
    private static final int CHUNK = 32 << 10;

    private final List<? extends OutputStream> outs;

    Fan(List<? extends OutputStream> outs) {
      this.outs = outs;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int end = offset + length;
      for (int at = offset; at < end; at += CHUNK) {
        for (OutputStream out : outs) {
          out.write(bytes, at, Math.min(CHUNK, end - at));
        }
      }
    }
  }
}
