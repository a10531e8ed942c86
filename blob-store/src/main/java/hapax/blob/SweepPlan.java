package hapax.blob;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What a sweep would do, and why: made by {@code planSweep}, printed for a person, carried out once
 * by {@code sweep}. What comes to life again after the plan was made is kept whatever the plan
 * says.
 *
 * @param margins when a pack is worth the writing
 * @param packs every pack, by number
 * @param deadBlobs how many blobs nothing refers to, in all packs
 * @param deadRecords how many records nobody holds, in all packs
 * @param listed some of the dead, the first {@link #MAX_LISTED} in order of their ids
 */
public record SweepPlan(
    SweepMargins margins, List<Pack> packs, long deadBlobs, long deadRecords, List<Dead> listed) {
  /** More than anyone reads; a plan must not fill the memory. */
  public static final int MAX_LISTED = 1_000;

  public SweepPlan {
    packs = List.copyOf(packs);
    listed = List.copyOf(listed);
  }

  /**
   * One pack.
   *
   * @param number its number
   * @param file its name
   * @param bytes its length
   * @param deadBytes of these, what the dead take
   * @param olderCopies whether it also has copies that later ones hide, and goes therefore
   * @param goes whether the living are copied out of it and it is removed
   */
  public record Pack(
      int number, String file, long bytes, long deadBytes, boolean olderCopies, boolean goes) {}

  /**
   * A blob or record that nobody needs.
   *
   * @param what {@code blob} or {@code record}
   * @param id its id in hexadecimal
   * @param bytes what it takes in its pack
   * @param reason why it is dead
   * @param goes whether this sweep removes it; if not, its pack is too full of the living
   */
  public record Dead(String what, String id, long bytes, String reason, boolean goes) {}

  /** Packs that would go. */
  public List<Pack> going() {
    return packs.stream().filter(Pack::goes).toList();
  }

  /** Bytes that would be freed, before the living are compressed anew. */
  public long bytesFreed() {
    return packs.stream().filter(Pack::goes).mapToLong(Pack::deadBytes).sum();
  }

  /** Bytes that nobody needs and that stay, because their packs are below the margin. */
  public long deadBytesKept() {
    return packs.stream().filter(pack -> !pack.goes()).mapToLong(Pack::deadBytes).sum();
  }

  /** Prints the plan, a line for each pack and each of the dead listed. */
  public void printTo(Appendable out) throws IOException {
    for (Pack pack : packs) {
      out.append(
          String.format(
              Locale.ROOT,
              "%s: %,d bytes, %,d dead (%.1f %%)%s: %s%n",
              pack.file(),
              pack.bytes(),
              pack.deadBytes(),
              pack.bytes() == 0 ? 0.0 : 100.0 * pack.deadBytes() / pack.bytes(),
              pack.olderCopies() ? ", holds older copies" : "",
              pack.goes() ? "goes" : "stays"));
    }
    for (Dead dead : listed) {
      out.append(
          String.format(
              Locale.ROOT,
              "%s %s: %,d bytes, %s%s%n",
              dead.what(),
              dead.id(),
              dead.bytes(),
              dead.reason(),
              dead.goes() ? "" : " (stays for now)"));
    }
    printSum(out);
  }

  private void printSum(Appendable out) throws IOException {
    long unlisted = deadBlobs + deadRecords - listed.size();
    if (unlisted > 0) {
      out.append(String.format(Locale.ROOT, "and %,d more%n", unlisted));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%,d blobs and %,d records are dead; %,d bytes would be freed from %,d packs, %,d stay"
                + " below the margin of %d %%%n",
            deadBlobs,
            deadRecords,
            bytesFreed(),
            going().size(),
            deadBytesKept(),
            margins.deadPercent()));
  }
}
