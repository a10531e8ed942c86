package hapax.reconstruct.signature;

import java.util.List;

/**
 * A message or part, by its exact place in the source.
 *
 * @param place its part number, as in {@link Verdict#place()}
 * @param from where its header begins
 * @param bodyStart where its body begins
 * @param to where it ends: the line end before a boundary belongs to the boundary (RFC 2046 section
 *     5.1.1)
 * @param message whether its header is that of a message
 * @param armored whether its text has, or may have once decoded, OpenPGP armor in it
 * @param children the parts that matter for signatures, all of them in a multipart/signed
 */
record MimeEntity(
    String place,
    long from,
    long bodyStart,
    long to,
    ContentType type,
    boolean message,
    boolean armored,
    List<MimeEntity> children) {}
