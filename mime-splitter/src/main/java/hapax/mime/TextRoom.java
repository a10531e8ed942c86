package hapax.mime;

import org.jspecify.annotations.Nullable;

/**
 * Arrays, some 50 KiB in all, in which {@linkplain Shape#writer writers} make text of content: made
 * once for the many short parts of many messages. For one writer at a time.
 */
public final class TextRoom {
  /** Most content that is encoded at once, in bytes: whole quanta of three. */
  static final int MOST_CONTENT = 6144;

  /** Lengths of content arrays are multiples of this, also whole quanta. */
  private static final int STEP = 768;

  private final byte[] @Nullable [] contents = new byte[MOST_CONTENT / STEP + 1][];
  private final byte[] characters = new byte[MOST_CONTENT / 3 * 4 + 1];
  private final byte[] text = new byte[10 << 10];

  /**
   * An array for at least {@code length} bytes of content and hardly more: all of it is encoded.
   */
  byte[] content(int length) {
    int steps = (length + STEP - 1) / STEP;
    byte[] room = contents[steps];
    if (room == null) {
      room = new byte[steps * STEP];
      contents[steps] = room;
    }
    return room;
  }

  /** Room for the characters of one content array, and one that follows. */
  byte[] characters() {
    return characters;
  }

  /** Room for text, longer than any gap between rows. */
  byte[] text() {
    return text;
  }
}
