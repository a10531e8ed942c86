package hapax.blob;

/** Takes changes of rows. Keys and values are not copied. */
interface RowWriter {
  void put(byte[] key, byte[] value);

  /** Removes a row, if there. */
  void delete(byte[] key);
}
