package hapax.reconstruct.signature;

/**
 * Where one field stands in its header block.
 *
 * @param name in lower case, without the blanks before the colon
 * @param start offset of the name
 * @param value offset after the colon
 * @param end offset of the line end that closes the field
 * @param next offset after that line end
 */
record HeaderField(String name, int start, int value, int end, int next) {}
