package hapax.reconstruct.signature;

/**
 * The answer on one aspect of a signature.
 *
 * @param reason why, in words for a person; one line
 */
public record Finding(Aspect aspect, Answer answer, String reason) {
  @Override
  public String toString() {
    return aspect.words() + ": " + answer + " (" + reason + ")";
  }
}
