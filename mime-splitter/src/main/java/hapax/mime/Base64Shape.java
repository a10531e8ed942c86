package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/** The shape of base64 text: its line widths, line ends, padding and whatever is odd about it. */
public record Base64Shape() implements Shape {
  @Override
  public long textLength(long contentLength) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutputStream writer(long contentLength, OutputStream sink) throws IOException {
    throw new UnsupportedOperationException();
  }
}
