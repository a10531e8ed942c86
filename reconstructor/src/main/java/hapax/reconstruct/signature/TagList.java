package hapax.reconstruct.signature;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A DKIM tag list, {@code a=rsa-sha256; d=example.org; …} (RFC 6376 section 3.2): in signature
 * fields and in key records.
 */
final class TagList {
  private record Tag(String value, int start, int end) {}

  private final Map<String, Tag> tags = new HashMap<>();

  private TagList() {}

  /** Reads a list whose characters stand for bytes, so that offsets are those of the bytes. */
  static TagList parse(String text) throws SyntaxFault {
    TagList list = new TagList();
    int start = 0;
    while (start < text.length()) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      list.add(text, start, end, semicolon < 0);
      start = end + 1;
    }
    return list;
  }

  private void add(String text, int start, int end, boolean last) throws SyntaxFault {
    if (text.substring(start, end).isBlank()) {
      if (last) {
        return;
      }
      throw new SyntaxFault("an empty tag in the tag list");
    }
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      throw new SyntaxFault("a tag without =: " + text.substring(start, end).strip());
    }
    String name = text.substring(start, equals).strip();
    if (!isName(name)) {
      throw new SyntaxFault("not a tag name: " + name);
    }
    Tag tag = new Tag(text.substring(equals + 1, end).strip(), equals + 1, end);
    if (tags.putIfAbsent(name, tag) != null) {
      throw new SyntaxFault("the tag " + name + "= stands twice");
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && Ascii.isLetter(name.charAt(0))
        && name.chars().allMatch(c -> Ascii.isLetter(c) || Ascii.isDigit(c) || c == '_');
  }

  /** The value, without blanks around it. */
  Optional<String> find(String name) {
    return Optional.ofNullable(tags.get(name)).map(Tag::value);
  }

  String get(String name) throws SyntaxFault {
    return find(name).orElseThrow(() -> new SyntaxFault("no " + name + "= tag"));
  }

  String get(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  /** The text without the value of that tag and the blanks around it (RFC 6376 section 3.7). */
  String without(String name, String text) {
    Tag tag = tags.get(name);
    return tag == null ? text : text.substring(0, tag.start()) + text.substring(tag.end());
  }
}
