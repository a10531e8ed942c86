package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The groups that a reader decoded last. Of one thread. */
final class GroupCache {
  private static final int GROUPS = 8;

  /** Longer groups are rare, and would take the place of memory that is needed. */
  private static final int LARGEST_ROOM = 4 << 20;

  private final PackFiles files;
  private final FrameCodec codec;
  private final Consumer<Group> goes;

  /** Room for the next group: what a reader walks through is decoded into the same few arrays. */
  private byte[] room = new byte[0];

  private final Map<Place, Group> groups =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Group> eldest) {
          boolean full = size() > GROUPS;
          if (full) {
            reuse(eldest.getValue());
          }
          return full;
        }
      };

  /**
   * A cache that holds nothing.
   *
   * @param goes hears of each group whose bytes others may take the place of
   */
  GroupCache(PackFiles files, FrameCodec codec, Consumer<Group> goes) {
    this.files = files;
    this.codec = codec;
    this.goes = goes;
  }

  /** The group there, good until eight others were read. */
  Group group(Place at) throws IOException {
    Group known = groups.get(at);
    if (known != null) {
      return known;
    }
    try (PackFiles.Pack pack = files.use(at.pack())) {
      Frame frame = Frame.read(pack, at, Frame.Kind.GROUP);
      ByteBuffer payload = codec.decode(pack.file(), pack.name(), at.offset(), frame);
      Group group = Group.read(payload, room, pack.name(), at.offset());
      room = group.room() == room ? new byte[0] : room;
      groups.put(at, group);
      return group;
    }
  }

  private void reuse(Group group) {
    goes.accept(group);
    room = group.room().length <= LARGEST_ROOM ? group.room() : room;
  }

  /** An entry of a group. */
  static GroupEntry entry(Group group, Place place, int number) throws CorruptStoreException {
    if (number < 0 || number >= group.entries().size()) {
      throw wrongEntry(place, number, "an entry");
    }
    return group.entries().get(number);
  }

  /** What to throw where another entry stands than is expected. */
  static CorruptStoreException wrongEntry(Place place, int number, String expected) {
    return new CorruptStoreException(
        "pack " + place.pack(), place.offset(), expected + " as entry " + number, "another");
  }
}
