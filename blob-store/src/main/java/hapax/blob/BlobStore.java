package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store: content once, by hash; records; a log. Safe for use by many threads. */
public interface BlobStore extends Closeable {
  /** Whether there is a store in {@code folder}, of whatever version. */
  static boolean isAt(Path folder) throws IOException {
    return StoreFile.isThere(Disk.real(), folder);
  }

  /**
   * Opens the store in {@code folder}, making it if {@code create}; replays what its catalog has
   * not seen.
   *
   * @throws StoreFormatException if there is no store, or a newer one; if there is something else
   *     in the folder where one is to be made
   * @throws StoreInUseException if another process has it
   */
  static BlobStore open(Path folder, boolean create, LogFold fold) throws IOException {
    StoreParts parts = StoreParts.open(Disk.real(), folder, create);
    try {
      return new PackStore(parts, StoreOptions.DEFAULT, fold, Clock.systemUTC());
    } catch (IOException | RuntimeException failed) {
      parts.close();
      throw failed;
    }
  }

  /**
   * A store that keeps no bytes, to learn what a store would take: all work is done but the
   * writing, and {@link #sizes} and the scans of rows tell what came of it. Nothing can be read
   * back; a record that comes twice is counted twice.
   */
  static BlobStore counting(LogFold fold) throws IOException {
    StoreParts parts =
        new StoreParts(new byte[StoreFile.ID_BYTES], new CountedPacks(), new MemoryCatalog(), null);
    return new PackStore(parts, StoreOptions.DEFAULT, fold, Clock.systemUTC());
  }

  /**
   * Makes the catalog of the store in {@code folder}, which must not be open, anew from the packs.
   *
   * @return what is damaged in the packs: log entries that stood there are missing from now on
   * @throws CorruptStoreException if the packs are damaged and there is a catalog that knows what
   *     stood there; it is kept
   * @throws StoreFormatException if there is no store, or a newer one
   * @throws StoreInUseException if a process has it
   */
  static List<Finding> rebuild(Path folder, LogFold fold) throws IOException {
    return new Rebuild(Disk.real(), folder, fold).run();
  }

  /**
   * What was found damaged in that which was replayed when the store was opened, usually nothing:
   * log entries that stood there may be missing.
   */
  List<Finding> openingFindings();

  /** Begins a unit of work. */
  Intake intake();

  /**
   * Begins a unit of work for what came in a parcel. If the whole parcel is put in it and nothing
   * of that was there before, its group is kept as it came.
   */
  Intake intake(Parcel parcel);

  /**
   * Lets readers see all that units of work have put that ended by now; nothing is durable because
   * of it. The calling thread must have no unit open.
   */
  void flush() throws IOException;

  /**
   * Lets readers see a blob that was put, also in a unit of work that has not ended: waits for
   * that. Nothing happens if they see it. The calling thread must have no unit open.
   */
  void awaitReadable(BlobId blob) throws IOException;

  /** A reader for one thread. */
  StoreReader reader();

  /**
   * Makes everything of the units closed before this call durable: one sync, then the catalog's
   * batch. Waits for units under way; the calling thread must have none open.
   */
  void commit() throws IOException;

  /**
   * Bytes appended since the last commit, groups not yet written included: tells when a commit is
   * due.
   */
  long uncommittedBytes();

  /** Whether the store has a record with its blobs (committed or in work). */
  boolean hasRecord(RecordId id) throws IOException;

  /** The rows of the upper layer, as they stand now (uncommitted ones included). */
  RowReader rows();

  /** Rows for a while, none at first; to be closed before the store. */
  ScratchRows scratchRows();

  /** Shows committed log entries whose keys are in {@code [from, to)}, in order of their keys. */
  void scanLog(byte[] from, byte @Nullable [] to, RowReader.Visitor visitor) throws IOException;

  /** Shows where the same entries lie, in the same order, without reading packs. */
  void scanLogPlaces(byte[] from, byte[] to, LogPlaceVisitor visitor) throws IOException;

  /** Shows every committed record's row, without reading packs. */
  void scanRecords(RecordVisitor visitor) throws IOException;

  /**
   * Shows the records that someone holds, and where they lie, in the order of their places. Whoever
   * reads them in this order has each group decoded once. Of more than 200,000 records, one that a
   * sweep moves meanwhile may be left out or come twice.
   */
  void scanHeldInOrder(RecordOrder visitor) throws IOException;

  /** Shows every committed blob's row, without reading packs. */
  void scanBlobs(BlobVisitor visitor) throws IOException;

  /** Tells who needs which record and blob, uncommitted work included. */
  Ownership ownership();

  /** What the store takes on disk, by kind. */
  StoreSizes sizes() throws IOException;

  /**
   * Finds what nobody needs any more: records that no {@link LogFold} holds, blobs to which no held
   * record refers. Reads the catalog only.
   */
  SweepPlan planSweep(SweepMargins margins) throws IOException;

  /**
   * Carries out a plan, beside other work; the calling thread must have no unit of work open. What
   * came to life since the plan was made is kept. A pack in which something that may be missed is
   * damaged stays, too.
   *
   * @throws IllegalStateException if the plan was carried out before
   */
  SweepResult sweep(SweepPlan plan) throws IOException;

  /** Work on the store. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Does work while no sweep is under way. Entries that are taken out of the log ({@link
   * FoldRows#forgetLog}) must not be on their way into another pack.
   */
  void withoutSweep(Work work) throws IOException;

  /**
   * Looks for damage; other work goes on, but commits wait. What is damaged is listed ({@link
   * #damagedBlobs}, {@link #isDamaged}), and what is whole again taken off the list if all was
   * looked at.
   */
  CheckReport check(CheckScope scope) throws IOException;

  /** How many blobs were found damaged, by a check or a sweep, and not yet healed. */
  long damagedBlobs() throws IOException;

  /**
   * Whether any blob or record was found damaged and is not yet healed: who has its content should
   * put it again, even if the store says that it is known.
   */
  boolean isDamaged() throws IOException;

  /** Identity of this store: 16 random bytes in hexadecimal, made when the store was made. */
  String storeId();

  /** Sees where log entries lie. */
  @FunctionalInterface
  interface LogPlaceVisitor {
    /** Takes an entry's key and place; says whether to go on. */
    boolean entry(byte[] key, LogPlace at) throws IOException;
  }

  /** Sees record rows. */
  @FunctionalInterface
  interface RecordVisitor {
    /**
     * Takes a row: the record's length and summary, and how many hold it; says whether to go on.
     */
    boolean record(RecordId id, long length, byte[] summary, long holders) throws IOException;
  }

  /** Sees records one after another. */
  @FunctionalInterface
  interface RecordOrder {
    /**
     * Hears, before the first record, how many holders all of them have, and how many hold {@code
     * others}: records that the store does not have.
     */
    default void holders(long all, long others) throws IOException {}

    /** Takes a record's place; says whether to go on. */
    boolean record(RecordPlace at) throws IOException;
  }

  /** Sees blob rows. */
  @FunctionalInterface
  interface BlobVisitor {
    /**
     * Takes a row: content length, bytes it takes in packs (for a small blob in a group its share),
     * how many records refer to it, and one of them; says whether to go on.
     */
    boolean blob(BlobId id, long length, long storedBytes, long references, @Nullable RecordId one)
        throws IOException;
  }

  /**
   * What the store takes on disk.
   *
   * @param packBytes all pack files
   * @param catalogBytes the catalog
   */
  record StoreSizes(long packBytes, long catalogBytes) {}
}
