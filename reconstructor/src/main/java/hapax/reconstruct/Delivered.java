package hapax.reconstruct;

import hapax.blob.RecordId;

/**
 * A message that the store has taken in, verified; durable after the next commit.
 *
 * @param message the digest, SHA-256 of its bytes
 * @param length its length in bytes
 * @param added whether the store did not have this message before
 */
public record Delivered(RecordId message, long length, boolean added) {}
