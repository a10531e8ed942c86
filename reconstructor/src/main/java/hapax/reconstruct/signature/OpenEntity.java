package hapax.reconstruct.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A part whose end has not been found yet. */
final class OpenEntity {
  final String place;
  final boolean message;
  private final long from;
  private final String defaultType;
  private final List<MimeEntity> children = new ArrayList<>();
  private ContentType type;
  private long bodyStart;
  private boolean signed;
  private boolean armored;
  private int parts;

  OpenEntity(String place, long from, boolean message, String defaultType) {
    this.place = place;
    this.from = from;
    this.message = message;
    this.defaultType = defaultType;
    this.type = new ContentType(defaultType, Map.of(), "");
    this.bodyStart = from;
  }

  void header(HeaderBlock header, long body) {
    type = ContentType.of(header, defaultType);
    bodyStart = body;
    signed = message && HeaderSignatures.count(header) > 0;
    armored = mayBeText() && type.encoding().equals("base64");
  }

  ContentType type() {
    return type;
  }

  /** Whether its lines are to be searched for armor. */
  boolean wantsArmor() {
    return mayBeText() && !armored;
  }

  private boolean mayBeText() {
    return type.name().equals("text/plain") || type.name().equals("application/pgp");
  }

  void armorFound() {
    armored = mayBeText();
  }

  /** The child that begins at {@code start}; its number is the next. */
  OpenEntity child(long start) {
    parts++;
    String number = place + (place.isEmpty() || place.endsWith("*") ? "" : ".") + parts;
    boolean digest = type.name().equals("multipart/digest");
    return new OpenEntity(number, start, false, digest ? "message/rfc822" : "text/plain");
  }

  /** The message that is this part's body. */
  OpenEntity enclosed() {
    return new OpenEntity(place, bodyStart, true, "text/plain");
  }

  void add(MimeEntity child) {
    children.add(child);
  }

  /** Whether all its parts matter. */
  boolean keepsAll() {
    return type.name().equals("multipart/signed") && parts <= 2;
  }

  boolean matters() {
    return signed
        || armored
        || !children.isEmpty()
        || type.isPkcs7Mime()
        || type.name().equals("application/pgp-keys")
        || type.name().equals("multipart/signed")
        || type.name().equals("multipart/encrypted");
  }

  MimeEntity close(long end) {
    long to = Math.max(end, from);
    return new MimeEntity(
        place, from, Math.min(bodyStart, to), to, type, message, armored, List.copyOf(children));
  }
}
