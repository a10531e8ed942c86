package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The body digests that all DKIM signatures of a message ask for, in one pass over its body. */
final class BodyDigests {
  private record Key(DigestName digest, Canon canon) {}

  private static final class Lane {
    final MarkedDigest digest;
    final BodyCanon canon;

    Lane(Key key) {
      digest = new MarkedDigest(key.digest().start());
      canon = new BodyCanon(key.canon(), digest);
    }
  }

  private final Map<Key, Lane> lanes = new HashMap<>();

  private BodyDigests() {}

  static BodyDigests of(MessagePart message, LineEnds ends, List<DkimSignature> signatures)
      throws IOException {
    BodyDigests digests = new BodyDigests();
    for (DkimSignature signature : signatures) {
      digests.lanes.computeIfAbsent(key(signature), Lane::new).digest.mark(signature.bodyLength());
    }
    digests.run(message, ends);
    return digests;
  }

  private void run(MessagePart message, LineEnds ends) throws IOException {
    List<BodyCanon> canons = lanes.values().stream().map(lane -> lane.canon).toList();
    if (!canons.isEmpty()) {
      message.body(ends, new Fan(canons));
    }
    for (BodyCanon canon : canons) {
      canon.end();
    }
  }

  private static Key key(DkimSignature signature) {
    return new Key(signature.algorithm().digest(), signature.body());
  }

  private MarkedDigest lane(DkimSignature signature) {
    Lane lane = lanes.get(key(signature));
    if (lane == null) {
      throw new IllegalArgumentException("no digest was asked for this signature");
    }
    return lane.digest;
  }

  /** The digest of what the signature covers of the body. */
  byte[] digest(DkimSignature signature) {
    return lane(signature).prefix(signature.bodyLength());
  }

  /** The length of the body in that signature's canonical form. */
  long length(DkimSignature signature) {
    return lane(signature).length();
  }

  private static final class Fan extends OutputStream {
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
      for (OutputStream out : outs) {
        out.write(bytes, offset, length);
      }
    }
  }
}
