package hapax.blob;

import java.nio.ByteBuffer;

/**
 * Where a committed log entry lies, to be read later with {@link StoreReader#logEntry}. Whoever
 * reads entries in ascending order of their places has each group decoded once.
 */
public final class LogPlace implements Comparable<LogPlace> {
  private final byte[] key;
  private final byte[] row;
  private final Place place;
  private final int entry;

  /** The place that a row of the log names. */
  LogPlace(byte[] key, byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row);
    this.key = key;
    this.row = row;
    this.place = Rows.readPlace(in);
    this.entry = (int) VarInts.get(in);
  }

  /** Whether both lie in one group. */
  public boolean sharesGroup(LogPlace that) {
    return place.equals(that.place);
  }

  Place place() {
    return place;
  }

  /** Key of the row, kind included. */
  byte[] key() {
    return key;
  }

  byte[] row() {
    return row;
  }

  @Override
  public int compareTo(LogPlace that) {
    int order = place.compareTo(that.place);
    return order != 0 ? order : Integer.compare(entry, that.entry);
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof LogPlace other && compareTo(other) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * place.hashCode() + entry;
  }

  @Override
  public String toString() {
    return "entry " + entry + " at " + place;
  }
}
