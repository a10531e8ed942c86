package hapax.mime;

import java.util.List;
import java.util.Map;

/**
 * Where the parts of one message are.
 *
 * @param length the message's length in bytes
 * @param headLength length of the message header with its blank line; the rest is body
 * @param parts candidate parts, ascending and disjoint; all bytes between them are kept as they
 *     stand
 * @param unshared bytes that are no candidate, by reason; sums with the parts' lengths to {@code
 *     length}
 */
public record Split(long length, long headLength, List<Part> parts, Map<Unshared, Long> unshared) {
  public Split {
    parts = List.copyOf(parts);
    unshared = Map.copyOf(unshared);
  }
}
