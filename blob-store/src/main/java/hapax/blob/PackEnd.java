package hapax.blob;

/**
 * Where a writer goes on.
 *
 * @param pack the pack with the highest number that there is or was; 0 if there is none
 * @param offset where its frames end, if more are to be appended to it; 0 if the next frame begins
 *     a new pack
 * @param start where the frames of the next commit begin
 * @param frames how many of them there are
 */
record PackEnd(int pack, long offset, Place start, int frames) {
  /** Behind a pack, whatever is in it. */
  static PackEnd behind(int pack) {
    return new PackEnd(pack, 0, new Place(pack + 1, 0), 0);
  }
}
