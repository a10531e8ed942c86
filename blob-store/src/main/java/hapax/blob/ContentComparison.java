package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compares content that is written to it with the stored copy, piece by piece. A damaged copy is
 * one that differs: who gives the content is not to be stopped by it.
 */
final class ContentComparison extends OutputStream {
  private final BlobReader.Pieces stored;
  private @Nullable ByteBuffer piece = ByteBuffer.allocate(0);
  private boolean equal = true;

  ContentComparison(BlobReader.Pieces stored) {
    this.stored = stored;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ByteBuffer given = ByteBuffer.wrap(bytes, offset, count);
    while (equal && given.hasRemaining()) {
      ByteBuffer have = piece;
      if (have == null) {
        equal = false;
      } else if (!have.hasRemaining()) {
        piece = next();
      } else {
        int n = Math.min(have.remaining(), given.remaining());
        equal = have.slice(have.position(), n).equals(given.slice(given.position(), n));
        have.position(have.position() + n);
        given.position(given.position() + n);
      }
    }
  }

  private @Nullable ByteBuffer next() throws IOException {
    try {
      return stored.next();
    } catch (CorruptStoreException damaged) {
      // Writing the content anew heals it.
      equal = false;
      return null;
    }
  }

  /** Whether exactly the stored content came. */
  boolean isEqual() throws IOException {
    while (equal && piece != null && !piece.hasRemaining()) {
      piece = next();
    }
    return equal && piece == null;
  }
}
