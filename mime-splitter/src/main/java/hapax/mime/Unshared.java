package hapax.mime;

/** Why bytes of a message are kept in its slim record and not shared as a blob. */
public enum Unshared {
  /** Headers, boundaries, preambles, epilogues: what makes the message this message. */
  STRUCTURE("structure"),
  /** A leaf part too short for its own blob to pay. */
  SMALL_PART("small-part"),
  /**
   * Base64 so irregular that writing down its shape does not pay: kept as it stands, still stored
   * once.
   */
  ODD_BASE64("odd-base64"),
  /** Base64 text without a single whole quantum of base64 in it. */
  NOT_BASE64("not-base64"),
  /** Parts beyond the limits on depth and number. */
  BEYOND_LIMIT("beyond-limit");

  private final String label;

  Unshared(String label) {
    this.label = label;
  }

  /** The name shown to people and in JSON. */
  public String label() {
    return label;
  }
}
