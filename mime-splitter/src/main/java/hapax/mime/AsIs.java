package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/** The shape of content that stood in the message without any encoding that we undo. */
public record AsIs() implements Shape {
  @Override
  public long textLength(long contentLength) {
    return contentLength;
  }

  @Override
  public boolean canHold(char ascii) {
    return true;
  }

  @Override
  public OutputStream writer(long contentLength, OutputStream sink, TextRoom room) {
    return new Promise(contentLength, sink);
  }

  @Override
  public String toString() {
    return "as-is";
  }

  /** Passes content on and counts it. */
  private static final class Promise extends OutputStream {
    private final ContentCount count;
    private final OutputStream sink;

    Promise(long contentLength, OutputStream sink) {
      this.count = new ContentCount(contentLength);
      this.sink = sink;
    }

    @Override
    public void write(int value) throws IOException {
      count.add(1);
      sink.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      count.add(length);
      sink.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      count.checkComplete();
    }
  }
}
