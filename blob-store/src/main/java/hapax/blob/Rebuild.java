package hapax.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the catalog of a store that is closed anew from its packs: into a folder beside it, which
 * then takes its place. Killed at any moment it leaves the old catalog, none, or the new one; where
 * there is none, the next opening makes it.
 */
final class Rebuild {
  static final String CATALOG = "catalog";
  private static final String UNFINISHED = "catalog.new";

  private final Disk disk;
  private final Path folder;
  private final LogFold fold;

  Rebuild(Disk disk, Path folder, LogFold fold) {
    this.disk = disk;
    this.folder = folder;
    this.fold = fold;
  }

  List<Finding> run() throws IOException {
    if (!StoreFile.isThere(disk, folder)) {
      throw new StoreFormatException("no store at " + folder);
    }
    StoreLock lock = StoreLock.acquire(folder);
    try (lock) {
      byte[] id = StoreFile.read(disk, folder);
      removeUnfinished(folder);
      Path unfinished = folder.resolve(UNFINISHED);
      List<Finding> findings;
      try (Catalog fresh = RocksCatalog.open(unfinished)) {
        fresh.write(whatPacksDoNotSay());
        findings = replay(id, fresh);
        if (!findings.isEmpty()) {
          keepWhatKnowsMore(fresh, findings.get(0));
        }
      }
      RocksCatalog.destroy(folder.resolve(CATALOG));
      Files.deleteIfExists(folder.resolve(CATALOG));
      Files.move(unfinished, folder.resolve(CATALOG), StandardCopyOption.ATOMIC_MOVE);
      disk.syncFolder(folder);
      return findings;
    }
  }

  /** Removes what a rebuild left that was killed. */
  static void removeUnfinished(Path folder) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED);
    if (Files.exists(unfinished)) {
      RocksCatalog.destroy(unfinished);
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * The position, which proves a commit even where its frame is damaged, and the list of damaged
   * blobs.
   */
  private SortedMap<byte[], byte @Nullable []> whatPacksDoNotSay() throws IOException {
    SortedMap<byte[], byte @Nullable []> kept = new TreeMap<>(Arrays::compareUnsigned);
    try (Catalog old = RocksCatalog.open(folder.resolve(CATALOG))) {
      for (byte space : new byte[] {Rows.POSITION, Rows.DAMAGED}) {
        byte[] prefix = {space};
        old.scan(prefix, Rows.after(prefix), (key, value) -> kept.put(key, value) == null);
      }
    } catch (CatalogDamagedException unreadable) {
      // Then the packs alone decide.
      kept.clear();
    }
    return kept;
  }

  private List<Finding> replay(byte[] id, Catalog fresh) throws IOException {
    PackPlace place = new DirectoryPacks(disk, folder.resolve("packs"));
    try (PackFiles files = new PackFiles(place, id)) {
      return new Replay(place, files, new CatalogRows(fresh), fold, id).run().findings();
    }
  }

  /** What stood in a damaged frame only the old catalog still knows, if it can be read. */
  private void keepWhatKnowsMore(Catalog fresh, Finding damage) throws IOException {
    CheckFindings differences = new CheckFindings();
    try (Catalog old = RocksCatalog.open(folder.resolve(CATALOG))) {
      if (old.get(new byte[] {Rows.POSITION}) != null) {
        new RowComparison(differences).compare(fresh, old);
      }
    } catch (CatalogDamagedException unreadable) {
      return;
    }
    if (differences.count() > 0) {
      throw new CorruptStoreException(
          damage.file(),
          damage.offset(),
          damage.expected(),
          damage.found()
              + "; the catalog is kept, for it has "
              + differences.count()
              + " rows that can not be made without this (remove the folder "
              + folder.resolve(CATALOG)
              + " to do without them)");
    }
  }
}
