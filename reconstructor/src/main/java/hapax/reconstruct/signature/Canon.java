package hapax.reconstruct.signature;

/** How DKIM evens out what relays may change (RFC 6376 section 3.4). */
enum Canon {
  SIMPLE,
  RELAXED;

  static Canon of(String name) throws SyntaxFault {
    return switch (name) {
      case "simple" -> SIMPLE;
      case "relaxed" -> RELAXED;
      default -> throw new SyntaxFault("unknown canonicalisation: " + name);
    };
  }
}
