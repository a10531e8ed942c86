package hapax.reconstruct.signature;

/**
 * One point in which the verdicts on two copies of a message differ.
 *
 * @param signature which signature, in words for a person
 * @param point what about it differs
 * @param before what was found in the first copy
 * @param after what was found in the second
 */
public record VerdictDifference(String signature, String point, String before, String after) {
  @Override
  public String toString() {
    return signature + ": " + point + " was " + before + ", is " + after;
  }
}
