package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a unit of work puts of a parcel that came. If that is all that the parcel holds, its group
 * is appended as it came, compressed by the sender; else what was put of it goes into the open
 * group, as all else does. Of one thread.
 */
final class ParcelGroup implements GroupTarget {
  /** A parcel is kept as it came from this part of a full group on: many short ones read badly. */
  private static final int LEAST_PART = 8;

  /** And up to so many full groups, for whoever reads an entry decodes all. */
  private static final int MOST_GROUPS = 2;

  private final Parcel parcel;
  private final boolean fits;
  private final OpenGroup open;
  private final Appender appender;

  /** What was put of the parcel. */
  private final List<Addition> ofParcel = new ArrayList<>();

  /** Log entries that are not the parcel's, made because of it. */
  private final List<Addition> after = new ArrayList<>();

  private final Map<RecordId, StoredRecord> records = new HashMap<>();
  private final Map<ByteBuffer, Integer> logPlaces = new HashMap<>();
  private final byte[][] logKeys;

  /** Something put. */
  @FunctionalInterface
  private interface Addition {
    void addTo(GroupTarget target) throws IOException;
  }

  ParcelGroup(Parcel parcel, OpenGroup open, Appender appender, StoreOptions options) {
    this.parcel = parcel;
    this.open = open;
    this.appender = appender;
    this.fits =
        parcel.length() >= options.groupBytes() / LEAST_PART
            && parcel.length() <= options.groupBytes() * MOST_GROUPS;
    parcel.records().forEach(record -> records.put(record.id(), record));
    this.logKeys = new byte[parcel.logEntries().size()][];
    for (int i = 0; i < logKeys.length; i++) {
      logPlaces.put(ByteBuffer.wrap(parcel.logEntries().get(i)), i);
    }
  }

  @Override
  public void add(StoredRecord record) throws IOException {
    StoredRecord came = records.get(record.id());
    if (came != null && came.sameAs(record)) {
      ofParcel.add(to -> to.add(record));
    } else {
      open.add(record);
    }
  }

  @Override
  public void add(BlobId id, byte[] content) throws IOException {
    if (Arrays.equals(parcel.blobs().get(id), content)) {
      ofParcel.add(to -> to.add(id, content));
    } else {
      open.add(id, content);
    }
  }

  @Override
  public void add(byte[] key, byte[] entry) {
    Integer place = logPlaces.get(ByteBuffer.wrap(entry));
    if (place != null && logKeys[place] == null) {
      logKeys[place] = key;
      ofParcel.add(to -> to.add(key, entry));
    } else {
      after.add(to -> to.add(key, entry));
    }
  }

  @Override
  public void end() throws IOException {
    // Entries were folded when they were put: without them nothing may go on.
    appender.guarded(
        () -> {
          append();
          return parcel;
        });
  }

  private void append() throws IOException {
    if (fits && ofParcel.size() == parcel.group().entries().size()) {
      // What was put before lies before it.
      open.flush();
      appender.appendParcel(parcel, Arrays.asList(logKeys));
    } else {
      addAll(ofParcel);
    }
    addAll(after);
    ofParcel.clear();
    after.clear();
  }

  private void addAll(List<Addition> additions) throws IOException {
    for (Addition addition : additions) {
      addition.addTo(open);
    }
  }
}
