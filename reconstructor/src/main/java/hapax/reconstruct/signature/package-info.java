/**
 * Verdicts on the signatures of a message, given from its raw bytes, so that they can be given
 * before and after storage and compared.
 */
@NullMarked
package hapax.reconstruct.signature;

import org.jspecify.annotations.NullMarked;
