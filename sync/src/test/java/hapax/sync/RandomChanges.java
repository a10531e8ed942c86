package hapax.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Changes of every kind about few things, with few different stamps, so that they clash. */
final class RandomChanges {
  private RandomChanges() {}

  static Change next(Random random) {
    long sequence = 1L + random.nextInt(60);
    Stamp stamp = stamp(random);
    return new Change(stamp.origin(), sequence, stamp.time(), "jane", body(random));
  }

  /** What one store has forgotten of these. */
  static HorizonNote forgotten(Random random) {
    return new HorizonNote("jane", 1_800_000_000_000L + random.nextInt(2));
  }

  private static Stamp stamp(Random random) {
    return new Stamp(Stamp.timeOf(1_800_000_000_000L) + random.nextInt(20), random.nextInt(3));
  }

  private static Stamp visit(Random random) {
    return random.nextBoolean() ? Stamp.NONE : stamp(random);
  }

  static Body body(Random random) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> new AccountBody.Created();
      case 2 ->
          new AccountBody.AttributeSet(
              random.nextBoolean() ? Optional.empty() : Optional.of(mailbox(random)),
              "k" + random.nextInt(2),
              random.nextBoolean() ? Optional.empty() : Optional.of("v" + random.nextInt(2)));
      case 3 -> new MailboxBody.Created(mailbox(random), name(random), 1 + random.nextInt(3));
      case 4 -> new MailboxBody.Renamed(mailbox(random), name(random));
      case 5 ->
          random.nextBoolean()
              ? new MailboxBody.Deleted(mailbox(random))
              : new MailboxBody.Renumbered(mailbox(random), uid(random));
      case 6 -> new MailboxBody.Subscribed(mailbox(random), random.nextBoolean());
      case 7, 8 ->
          new ItemBody.Added(
              item(random),
              mailbox(random),
              uid(random),
              Side.message(random.nextInt(3)),
              random.nextInt(100),
              random.nextInt(9) - 4,
              flags(random, 0));
      case 9 -> new ItemBody.Moved(item(random), mailbox(random), uid(random));
      case 10, 11 -> new ItemBody.Flagged(item(random), flags(random, 0), flags(random, 4));
      case 12 -> new ItemBody.Expunged(items(random));
      case 13 ->
          new AccountBody.SignaturesRecorded(
              Side.message(random.nextInt(3)), "r" + random.nextInt(3));
      case 14 -> new ItemBody.Forgotten(item(random), mailbox(random), uid(random));
      default ->
          new ItemBody.UidReassigned(item(random), mailbox(random), visit(random), uid(random));
    };
  }

  private static List<ItemId> items(Random random) {
    List<ItemId> items = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      items.add(item(random));
    }
    return items;
  }

  private static ItemId item(Random random) {
    return new ItemId(1, random.nextInt(4));
  }

  private static MailboxId mailbox(Random random) {
    return new MailboxId(2, random.nextInt(2));
  }

  private static long uid(Random random) {
    return 1L + random.nextInt(4);
  }

  private static String name(Random random) {
    return "n" + random.nextInt(3);
  }

  /** Flags of an even or odd kind, so that none is set and cleared at once. */
  private static SortedSet<String> flags(Random random, int kind) {
    TreeSet<String> flags = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      flags.add("f" + (kind + random.nextInt(4)));
    }
    return flags;
  }
}
