package hapax.mime;

import java.io.IOException;

/** Holds whoever writes content to the length that was promised. */
final class ContentCount {
  private final long promised;
  private long found;

  ContentCount(long promised) {
    this.promised = promised;
  }

  void add(long length) throws IOException {
    found += length;
    if (found > promised) {
      throw new IOException(
          "content at offset "
              + promised
              + ": expected the end, found at least "
              + found
              + " bytes");
    }
  }

  void checkComplete() throws IOException {
    if (found != promised) {
      throw new IOException(
          "content at offset " + found + ": expected " + promised + " bytes, found the end");
    }
  }
}
