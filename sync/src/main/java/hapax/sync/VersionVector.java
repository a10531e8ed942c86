package hapax.sync;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which changes to one account a replica has seen: of each origin all up to a number. The time of
 * the last one goes along, so that two replicas notice if one number stands for two changes.
 *
 * @param marks by origin; none with number 0
 */
public record VersionVector(SortedMap<Long, Mark> marks) {
  /** Has seen nothing. */
  public static final VersionVector NOTHING = new VersionVector(new TreeMap<>());

  /**
   * The last change of an origin without holes before it.
   *
   * @param number its number, 0 if there is none
   * @param time its hybrid time
   */
  public record Mark(long number, long time) {
    static final Mark NONE = new Mark(0, 0);

    // As in Stamp, for the same reason.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Mark that && number == that.number && time == that.time;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number ^ time);
    }
  }

  public VersionVector {
    TreeMap<Long, Mark> kept = new TreeMap<>(marks);
    kept.values().removeIf(mark -> mark.number() == 0);
    marks = Collections.unmodifiableSortedMap(kept);
  }

  Mark mark(long origin) {
    return marks.getOrDefault(origin, Mark.NONE);
  }

  /** The number up to which changes of an origin were seen. */
  public long number(long origin) {
    return mark(origin).number();
  }

  /** Whether everything that the other has seen was seen here. */
  public boolean covers(VersionVector other) {
    return other.marks.entrySet().stream()
        .allMatch(each -> number(each.getKey()) >= each.getValue().number());
  }

  public boolean isEmpty() {
    return marks.isEmpty();
  }

  /** How many changes the other has seen that were not seen here. */
  public long missing(VersionVector other) {
    long missing = 0;
    for (Map.Entry<Long, Mark> each : other.marks.entrySet()) {
      missing += Math.max(0, each.getValue().number() - number(each.getKey()));
    }
    return missing;
  }

  /** What was seen here or there. */
  public VersionVector join(VersionVector other) {
    TreeMap<Long, Mark> joined = new TreeMap<>(marks);
    other.marks.forEach(
        (origin, mark) -> joined.merge(origin, mark, (a, b) -> b.number() > a.number() ? b : a));
    return new VersionVector(joined);
  }

  /** What was seen of one origin. */
  public VersionVector only(long origin) {
    return new VersionVector(new TreeMap<>(Map.of(origin, mark(origin))));
  }

  /** Number of origins; for each origin, number and time: 8 bytes, varint, 8 bytes. */
  void writeTo(FieldWriter to) {
    to.varint(marks.size());
    for (Map.Entry<Long, Mark> each : marks.entrySet()) {
      to.fixed64(each.getKey()).varint(each.getValue().number()).fixed64(each.getValue().time());
    }
  }

  static VersionVector readFrom(FieldReader from) throws IOException {
    TreeMap<Long, Mark> marks = new TreeMap<>();
    int count = from.count("origins", 2 * Long.BYTES + 1);
    for (int i = 0; i < count; i++) {
      long origin = from.fixed64("origin");
      long number = from.varint("number", 1, Long.MAX_VALUE);
      marks.put(origin, new Mark(number, from.fixed64("time")));
    }
    return new VersionVector(marks);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionVector that && marks.equals(that.marks);
  }

  @Override
  public int hashCode() {
    return marks.hashCode();
  }

  /** {@code {origin=number, …}}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    marks.forEach((origin, mark) -> text.add(Stamp.originText(origin) + "=" + mark.number()));
    return text.toString();
  }
}
