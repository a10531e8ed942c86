package hapax.mime;

import java.util.Optional;

/**
 * A candidate leaf part: the encoded text that stands at {@code [start, end)} of the message,
 * without the line end that belongs to the boundary after it (RFC 2046, 5.1.1).
 *
 * @param base64 whether the part's transfer encoding is base64 (RFC 2045, 6.8); otherwise its bytes
 *     are content as they stand
 * @param mediaType lower case {@code type/subtype}, {@code text/plain} where the message says
 *     nothing
 * @param fileName the decoded file name (RFC 2183, RFC 2231, RFC 2047) where there is one
 */
public record Part(
    long start, long end, boolean base64, String mediaType, Optional<String> fileName) {
  /** Length of the encoded text in bytes. */
  public long length() {
    return end - start;
  }
}
