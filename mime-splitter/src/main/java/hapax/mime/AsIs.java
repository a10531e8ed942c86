package hapax.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The shape of content that stood in the message without any encoding that we undo. */
public record AsIs() implements Shape {
  @Override
  public long textLength(long contentLength) {
    return contentLength;
  }

  @Override
  public OutputStream writer(long contentLength, OutputStream sink) {
    return new FilterOutputStream(sink) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() {}
    };
  }
}
