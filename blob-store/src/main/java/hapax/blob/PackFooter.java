package hapax.blob;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sealed pack ends with: a footer frame, and an end frame whose extra header is the offset
 * of the footer frame (8 bytes, big endian), so that the footer is found from the file's end.
 *
 * <p>The footer's payload lists all frames before it: for each the distance of its begin from that
 * of the frame before (for the first from the begin of the file) divided by 8, its kind in one
 * byte, and the lengths of its payload as stored and when decoded; all but the kind as {@link
 * VarInts}.
 */
final class PackFooter {
  /** Length of the end frame's extra header. */
  static final int END_BYTES = 8;

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private long before;

  /** A frame of the list. */
  record Line(long offset, int kind, int storedLength, int rawLength) {}

  /** The line of the frame in {@code frame}. */
  static Line line(long offset, ByteBuffer frame) {
    int at = frame.position();
    return new Line(offset, frame.get(at + 4) & 0xFF, frame.getInt(at + 8), frame.getInt(at + 12));
  }

  static Line line(long offset, Frame frame) {
    return new Line(offset, frame.kind().code, frame.storedLength(), frame.rawLength());
  }

  void add(Line line) {
    VarInts.put(lines, (line.offset - before) / Frame.ALIGN);
    lines.write(line.kind);
    VarInts.put(lines, line.storedLength);
    VarInts.put(lines, line.rawLength);
    before = line.offset;
  }

  /** The footer frame. */
  ByteBuffer footer() {
    return Frame.of(Frame.Kind.FOOTER, lines.toByteArray());
  }

  /** The end frame of a pack whose footer frame begins at {@code footer}. */
  static ByteBuffer end(long footer) {
    return Frame.bare(Frame.Kind.END, ByteBuffer.allocate(END_BYTES).putLong(0, footer));
  }

  /** Where the footer frame begins, by the end frame. */
  static long footerOf(Frame end) {
    return end.extra().getLong(0);
  }

  /**
   * Reads the payload of a footer frame.
   *
   * @throws IllegalArgumentException if it is none
   */
  static List<Line> read(ByteBuffer payload) {
    List<Line> list = new ArrayList<>();
    long offset = 0;
    try {
      while (payload.hasRemaining()) {
        offset += VarInts.get(payload) * Frame.ALIGN;
        int kind = payload.get() & 0xFF;
        int stored = VarInts.getLength(payload, Frame.MAX_PAYLOAD);
        list.add(new Line(offset, kind, stored, VarInts.getLength(payload, Frame.MAX_PAYLOAD)));
      }
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("expected the kind of a frame, found the end", cut);
    }
    return list;
  }
}
