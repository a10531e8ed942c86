package hapax.reconstruct.signature;

/** A signature field that could be read: where it stands and what it says. */
record DkimField(HeaderField field, TagList tags, DkimSignature signature) {
  /** Reads it, and tells {@code draft} who signed and how as far as that can be read. */
  static DkimField read(
      DkimSignature.Field rules, HeaderBlock header, HeaderField field, VerdictDraft draft)
      throws SyntaxFault {
    TagList tags = tags(header, field);
    draft.signer(tags.get("s", "?") + "._domainkey." + tags.get("d", "?"));
    draft.algorithm(tags.get("a", "?"));
    return new DkimField(field, tags, DkimSignature.parse(rules, tags));
  }

  /** The tags of a field that is not too long. */
  static TagList tags(HeaderBlock header, HeaderField field) throws SyntaxFault {
    if (field.next() - field.start() > Limits.SIGNATURE_FIELD_BYTES) {
      throw new SyntaxFault("it has more than " + Limits.SIGNATURE_FIELD_BYTES + " bytes");
    }
    return TagList.parse(header.raw(field));
  }
}
