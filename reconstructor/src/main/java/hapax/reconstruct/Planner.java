package hapax.reconstruct;

import hapax.blob.BlobId;
import hapax.mime.AsIs;
import hapax.mime.ByteSource;
import hapax.mime.MessageSplitter;
import hapax.mime.Part;
import hapax.mime.PartReader;
import hapax.mime.Split;
import hapax.mime.SplitLimits;
import hapax.mime.Unshared;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes a message apart: splits it, decodes what is base64, names the blobs. A message in memory
 * has its content decoded once, into an arena; a long one is decoded again whenever its content is
 * wanted, so that memory stays bounded.
 */
final class Planner {
  private final MessageSplitter splitter = new MessageSplitter(SplitLimits.DEFAULT);
  private final PartReader parts = new PartReader();
  private final DigestSink digest = new DigestSink();
  private final Arena decoded = new Arena();
  private final Arena literals = new Arena();
  private Plan plan = new Plan();
  private int headLength;

  /** Plans {@code message}; {@code inMemory} says whether its content may be held. */
  Plan plan(ByteSource message, boolean inMemory) throws IOException {
    begin();
    Split split = splitter.split(message);
    split.unshared().forEach(plan::unshared);
    long at = 0;
    for (Part part : split.parts()) {
      literal(message, split, at, part.start());
      if (!part.base64() || !base64(message, part, inMemory)) {
        asIs(message, part.start(), part.end());
      }
      at = part.end();
    }
    literal(message, split, at, message.length());
    return plan;
  }

  /** The plan that can not fail: the whole message as one blob. */
  Plan whole(ByteSource message) throws IOException {
    begin();
    plan.unshared(Unshared.STRUCTURE, message.length());
    asIs(message, 0, message.length());
    return plan;
  }

  private void begin() {
    plan = new Plan();
    decoded.clear();
    literals.clear();
    headLength = 0;
  }

  private void literal(ByteSource message, Split split, long from, long to) throws IOException {
    message.copyTo(from, to, literals);
    plan.literal(to - from);
    headLength += (int) Math.max(0, Math.min(to, split.headLength()) - from);
  }

  private void asIs(ByteSource message, long from, long to) throws IOException {
    message.copyTo(from, to, digest);
    BlobId id = BlobId.of(digest.finish());
    plan.blob(id, to - from, new AsIs(), new PieceContent.Range(message, from, to));
  }

  /** Plans a base64 part as its content; says whether that was possible. */
  private boolean base64(ByteSource message, Part part, boolean inMemory) throws IOException {
    int from = decoded.size();
    OutputStream sink = inMemory ? decoded : digest;
    PartReader.Reading reading = parts.read(message, part, sink);
    if (reading instanceof PartReader.Reading.Shaped shaped) {
      if (inMemory) {
        digest.write(decoded.array(), from, decoded.size() - from);
      }
      long length = digest.length();
      BlobId id = BlobId.of(digest.finish());
      PieceContent content =
          inMemory
              ? new PieceContent.Decoded(decoded, from, decoded.size())
              : new PieceContent.Decodable(parts, message, part);
      plan.blob(id, length, shaped.shape(), content);
      return true;
    }
    digest.finish();
    decoded.cut(from);
    if (reading instanceof PartReader.Reading.Refused refused) {
      plan.unshared(refused.reason(), part.length());
    }
    return false;
  }

  /** The literal bytes that belong to the message header. */
  byte[] head() {
    return java.util.Arrays.copyOf(literals.array(), headLength);
  }

  /** The other literal bytes. */
  byte[] body() {
    return java.util.Arrays.copyOfRange(literals.array(), headLength, literals.size());
  }

  int headLength() {
    return headLength;
  }
}
