package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.CrashStore;
import hapax.blob.Disk;
import java.io.IOException;
import java.time.InstantSource;

/** Accounts in a store that can be stopped at any change to its disk. */
public final class CrashingMail {
  private CrashingMail() {}

  /** Opens a store over one of its disks. */
  public static MailStore open(CrashStore store, Disk disk) throws IOException {
    return open(store, disk, InstantSource.system());
  }

  /** The same, with a clock. */
  public static MailStore open(CrashStore store, Disk disk, InstantSource clock)
      throws IOException {
    BlobStore blobs = store.open(disk, new ChangeFold());
    try {
      boolean[] fresh = {true};
      blobs
          .rows()
          .scan(
              new byte[] {Keys.SEEN}, new byte[] {Keys.SEEN + 1}, (key, value) -> fresh[0] = false);
      Replica replica = new Replica(disk, CrashStore.FOLDER, file -> "1 1", fresh[0], clock);
      return new LogMailStore(blobs, replica, clock);
    } catch (IOException | RuntimeException failed) {
      blobs.close();
      throw failed;
    }
  }
}
