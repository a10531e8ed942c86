package hapax.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What stands in the packs behind the last commit that counts, in order. */
final class Tail {
  private final List<Item> items = new ArrayList<>();

  /** A frame, or bytes that are none. */
  sealed interface Item {
    Place place();

    Place end();

    /** Whether it takes room that nothing else gives back. */
    boolean isContent();
  }

  /** A frame whose header is whole. */
  record Whole(Place place, Frame frame) implements Item {
    @Override
    public Place end() {
      return new Place(place.pack(), place.offset() + frame.length());
    }

    @Override
    public boolean isContent() {
      return frame.kind() == Frame.Kind.BULK || frame.kind() == Frame.Kind.GROUP;
    }
  }

  /** A stretch in which no frame begins. */
  record Gap(Place place, long length, CorruptStoreException how) implements Item {
    @Override
    public Place end() {
      return new Place(place.pack(), place.offset() + length);
    }

    @Override
    public boolean isContent() {
      return true;
    }
  }

  void add(Item item) {
    items.add(item);
  }

  List<Item> items() {
    return items;
  }

  /** These items and then those. */
  Tail and(Tail then) {
    Tail both = new Tail();
    both.items.addAll(items);
    both.items.addAll(then.items);
    return both;
  }

  /** Takes out the items that end at a place or before it. */
  Tail takeUpTo(Place place) {
    Predicate<Item> isBefore = item -> item.end().compareTo(place) <= 0;
    Tail taken = new Tail();
    taken.items.addAll(items.stream().filter(isBefore).toList());
    items.removeIf(isBefore);
    return taken;
  }

  /**
   * Whether this is what a crash leaves behind when bytes reach the disk in order: whole frames,
   * then perhaps a torn one, and nothing after it.
   */
  boolean isTorn() {
    for (int i = 0; i + 1 < items.size(); i++) {
      if (items.get(i) instanceof Gap) {
        return false;
      }
    }
    return true;
  }
}
