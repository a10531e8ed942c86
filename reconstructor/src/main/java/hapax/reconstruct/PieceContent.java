package hapax.reconstruct;

import hapax.blob.Content;
import hapax.mime.ByteSource;
import hapax.mime.Part;
import hapax.mime.PartReader;
import java.io.IOException;
import java.io.OutputStream;

/** Where the content of a blob is while its message is taken in; readable again and again. */
sealed interface PieceContent extends Content {
  /** Content that stands in the message as it is. */
  record Range(ByteSource message, long from, long to) implements PieceContent {
    @Override
    public void writeTo(OutputStream sink) throws IOException {
      message.copyTo(from, to, sink);
    }
  }

  /** Content decoded into the arena. */
  record Decoded(Arena arena, int from, int to) implements PieceContent {
    @Override
    public void writeTo(OutputStream sink) throws IOException {
      sink.write(arena.array(), from, to - from);
    }
  }

  /** Content decoded from the message each time: too long to hold. */
  record Decodable(PartReader reader, ByteSource message, Part part) implements PieceContent {
    @Override
    public void writeTo(OutputStream sink) throws IOException {
      reader.read(message, part, sink);
    }
  }
}
