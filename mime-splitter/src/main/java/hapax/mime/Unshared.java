package hapax.mime;

/** Why bytes of a message are kept in its slim record and not shared as a blob. */
public enum Unshared {
  /** Headers, boundaries, preambles, epilogues: what makes the message this message. */
  STRUCTURE(1, "structure"),
  /** A leaf part too short for its own blob to pay. */
  SMALL_PART(2, "small-part"),
  /**
   * Base64 so irregular that writing down its shape does not pay: kept as it stands, still stored
   * once.
   */
  ODD_BASE64(3, "odd-base64"),
  /** Base64 text without a single whole quantum of base64 in it. */
  NOT_BASE64(4, "not-base64"),
  /** Parts beyond the limits on depth and number. */
  BEYOND_LIMIT(5, "beyond-limit");

  private final int code;
  private final String label;

  Unshared(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The number that stands for it in stored records; never given to another reason. */
  public int code() {
    return code;
  }

  /** The name shown to people and in JSON. */
  public String label() {
    return label;
  }
}
