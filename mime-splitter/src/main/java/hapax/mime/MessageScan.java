package hapax.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One walk over one message. A line matters only where it belongs to a header or starts with {@code
 * --} while a multipart is open; between such lines the walk jumps. Nesting is kept on a stack of
 * its own, so depth costs no call stack.
 */
final class MessageScan {
  private final SplitLimits limits;
  private final Lines lines;
  private final Enclosing enclosing = new Enclosing();
  private final EntityHeader header = new EntityHeader();
  private final Coverage coverage;
  private final Delimiter delimiter;
  private final HeaderScan headerScan;
  private final long length;

  /** Where the walk is: always at the start of a line, or at the end of the message. */
  private long at;

  MessageScan(SplitLimits limits, Window window) {
    this.limits = limits;
    this.length = window.length();
    this.lines = new Lines(window);
    this.delimiter = new Delimiter(window, enclosing);
    this.headerScan = new HeaderScan(window, lines, delimiter, header);
    this.coverage = new Coverage(limits);
  }

  Split run() throws IOException {
    long headLength = 0;
    if (headerScan.startsHere()) {
      readHeader(EntityHeader.TEXT);
      headLength = at;
      coverage.endHead(headLength);
    } else {
      header.settle(EntityHeader.TEXT);
    }
    readBody();
    while (at < length && !coverage.isOverflowing()) {
      passDelimiter();
    }
    return coverage.finish(length, headLength);
  }

  private void readHeader(String defaultType) throws IOException {
    at = headerScan.read(at);
    header.settle(defaultType);
  }

  /** Reads the line that the walk stopped at, and what it introduces, up to the next such line. */
  private void passDelimiter() throws IOException {
    int level = delimiter.level();
    boolean closing = delimiter.isClosing();
    at = delimiter.end();
    enclosing.leave(closing ? level : level + 1);
    if (closing) {
      jump();
    } else {
      readHeader(enclosing.isDigest(level) ? EntityHeader.MESSAGE : EntityHeader.TEXT);
      readBody();
    }
  }

  private void readBody() throws IOException {
    while (!delimiter.isAt(at) && at < length && opensMessage()) {
      enclosing.pushMessage();
      readHeader(EntityHeader.TEXT);
    }
    if (delimiter.isAt(at)) {
      return;
    }
    byte[] boundary = boundary();
    if (boundary.length > 0 && !isDeep()) {
      readMultipart(boundary);
    } else {
      readLeaf(boundary.length > 0 || header.isEmbeddedMessage());
    }
  }

  private boolean opensMessage() {
    return header.isEmbeddedMessage() && !isDeep();
  }

  private boolean isDeep() {
    return enclosing.depth() >= limits.maxDepth();
  }

  private byte[] boundary() {
    if (!header.isMultipart()) {
      return new byte[0];
    }
    byte[] bytes = header.boundary().orElse("").stripTrailing().getBytes(StandardCharsets.UTF_8);
    return bytes.length > Enclosing.LONGEST_BOUNDARY ? new byte[0] : bytes;
  }

  private void readMultipart(byte[] boundary) throws IOException {
    long start = at;
    int level = enclosing.depth();
    enclosing.pushMultipart(boundary, header.isDigest());
    jump();
    if (!delimiter.isAt(at) || delimiter.level() != level) {
      coverage.leaf(start, beforeDelimiter(start), header, false);
    }
  }

  private void readLeaf(boolean beyondDepth) throws IOException {
    long start = at;
    jump();
    coverage.leaf(start, beforeDelimiter(start), header, beyondDepth);
  }

  private long beforeDelimiter(long start) throws IOException {
    return delimiter.isAt(at) ? lines.withoutLineEnd(start, at) : at;
  }

  /** Goes on to the next delimiter line, the one at this very place included. */
  private void jump() throws IOException {
    if (!enclosing.hasMultipart()) {
      at = length;
      return;
    }
    while (at < length && !delimiter.matches(at)) {
      at = lines.nextDashes(at);
    }
  }
}
