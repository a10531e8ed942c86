package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A pack as text: a line for its header, then one for each frame with its offset, kind, lengths and
 * whether its checksums are right, indented lines for the entries of a group, and a line for each
 * stretch that is no frame.
 */
public final class PackDump implements FrameScan.Visitor {
  private final EntryText entryText;
  private final Appendable out;
  private final FrameCodec codec;

  /** Says what a log entry says, which only the layer above knows. */
  @FunctionalInterface
  public interface EntryText {
    /**
     * The entry on one line.
     *
     * @throws CorruptStoreException if it is none
     * @throws StoreFormatException if a newer program wrote it
     */
    String of(byte[] entry) throws IOException;
  }

  private PackDump(EntryText entryText, Appendable out, FrameCodec codec) {
    this.entryText = entryText;
    this.out = out;
    this.codec = codec;
  }

  /**
   * Writes the text of a pack; the store may be open meanwhile.
   *
   * @throws CorruptStoreException if its header, which says to which store frames must belong, is
   *     damaged
   * @throws StoreFormatException if a newer program wrote it
   */
  public static void write(Path file, EntryText entryText, Appendable out) throws IOException {
    Lone place = new Lone(file);
    try (DiskFile pack = place.read(1)) {
      PackHeader.Fields header = PackHeader.read(pack, file.toString());
      String store = HexFormat.of().formatHex(header.storeId());
      line(
          out,
          "pack %d of store %s, format %d, %d bytes",
          header.number(),
          store,
          header.version(),
          pack.size());
      place.number = header.number();
      try (PackFiles files = new PackFiles(place, header.storeId());
          FrameCodec codec = new FrameCodec()) {
        FrameScan scan = new FrameScan(files, place);
        scan.scanPack(header.number(), PackHeader.BYTES, new PackDump(entryText, out, codec));
      }
    }
  }

  private static void line(Appendable out, String format, Object... values) throws IOException {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  @Override
  public void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
    line(
        out,
        "%10d %-8s %s; payload %d bytes, %d decoded, %s",
        at.offset(),
        frame.kind(),
        whatItSays(frame),
        frame.storedLength(),
        frame.rawLength(),
        stateOf(pack, at, frame));
    if (frame.kind() == Frame.Kind.GROUP) {
      entries(pack, at, frame);
    }
  }

  private static String whatItSays(Frame frame) {
    return switch (frame.kind()) {
      case BULK -> text(BulkPiece.read(frame));
      case COMMIT -> text(CommitMark.read(frame));
      case SYNCED -> text(SyncedMark.read(frame));
      case END -> "footer at " + PackFooter.footerOf(frame);
      case GROUP, FOOTER, OPTIONAL -> "-";
    };
  }

  private static String text(BulkPiece piece) {
    return "blob " + piece.id() + " of " + piece.blobLength() + " bytes from " + piece.offset();
  }

  private static String text(CommitMark mark) {
    return "commit "
        + mark.sequence()
        + " at "
        + Instant.ofEpochMilli(mark.millis())
        + " of "
        + mark.frames()
        + " frames from "
        + text(mark.start());
  }

  private static String text(SyncedMark mark) {
    return "commit " + mark.sequence() + " from " + text(mark.start()) + " to " + text(mark.end());
  }

  private static String text(Place place) {
    return place.pack() + ":" + place.offset();
  }

  private String stateOf(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
    try {
      codec.decode(pack.file(), pack.name(), at.offset(), frame);
      return "sound";
    } catch (CorruptStoreException damaged) {
      return "DAMAGED: expected " + damaged.expected() + ", found " + damaged.found();
    }
  }

  private void entries(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
    Group group;
    try {
      ByteBuffer payload = codec.decode(pack.file(), pack.name(), at.offset(), frame);
      group = Group.read(payload, pack.name(), at.offset());
    } catch (CorruptStoreException damaged) {
      // Its line says so already.
      return;
    }
    List<GroupEntry> entries = group.entries();
    for (int i = 0; i < entries.size(); i++) {
      line(out, "%10s %6d %s", "", i, text(entries.get(i), group));
    }
  }

  private String text(GroupEntry entry, Group group) throws IOException {
    if (entry instanceof GroupEntry.RecordEntry record) {
      return "record "
          + record.id()
          + " of "
          + record.length()
          + " bytes, "
          + record.blobs().size()
          + " blobs; plan, head and body of "
          + record.plan().length()
          + ", "
          + record.head().length()
          + " and "
          + record.body().length();
    }
    if (entry instanceof GroupEntry.BlobEntry blob) {
      return "blob " + blob.id() + " of " + blob.content().length() + " bytes";
    }
    GroupEntry.Span span = ((GroupEntry.LogEntry) entry).entry();
    return "log entry of " + span.length() + " bytes: " + said(group.bytes(span));
  }

  private String said(byte[] entry) throws IOException {
    try {
      return entryText.of(entry);
    } catch (CorruptStoreException | StoreFormatException none) {
      return String.valueOf(none.getMessage());
    }
  }

  @Override
  public void damaged(Place at, long length, CorruptStoreException how) throws IOException {
    line(
        out,
        "%10d DAMAGED  %d bytes: expected %s, found %s",
        at.offset(),
        length,
        how.expected(),
        how.found());
  }

  /** One pack, whatever its name. */
  private static final class Lone implements PackPlace {
    private final Disk disk = Disk.real();
    private final Path file;
    private int number = 1;

    Lone(Path file) {
      this.file = file;
    }

    @Override
    public List<Integer> numbers() {
      return List.of(number);
    }

    @Override
    public DiskFile read(int wanted) throws IOException {
      if (wanted != number) {
        throw new NoSuchFileException(name(wanted));
      }
      return disk.read(file);
    }

    @Override
    public String name(int wanted) {
      return file.toString();
    }

    @Override
    public DiskFile create(int wanted) {
      throw new UnsupportedOperationException("a pack is dumped, not written");
    }

    @Override
    public DiskFile append(int wanted) {
      throw new UnsupportedOperationException("a pack is dumped, not written");
    }

    @Override
    public void delete(int wanted) {
      throw new UnsupportedOperationException("a pack is dumped, not written");
    }

    @Override
    public void sync() {
      throw new UnsupportedOperationException("a pack is dumped, not written");
    }
  }
}
