package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CrashStore;
import hapax.blob.Disk;
import hapax.sync.CrashingMail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two stores of which one stops in the midst of any change to its disk while they sync: killed, or
 * by a power loss there or on both sides, each side in turn. Between, mail arrives and is changed
 * in both. {@code -Dhapax.crashes=1000} stops more often.
 */
@Timeout(600)
class CrashTest {
  private static final int CRASHES = Integer.getInteger("hapax.crashes", 100);

  /** After so many new stores are begun: to check large ones takes long. */
  private static final int CRASHES_OF_A_LIFE = 25;

  private final Random random = new Random(Long.getLong("hapax.crashSeed", 1));
  private LivingMail mail = new LivingMail(0, 1, 1);
  private final CrashStore[] stores = new CrashStore[2];

  /** How many changes to its disk a session is guessed to make. */
  private int changes = 60;

  /** What happens to one side, or both. */
  private enum End {
    KILLED,
    WITHOUT_POWER,
    BOTH_WITHOUT_POWER
  }

  private TestStore open(int which, Disk disk) throws IOException {
    return new TestStore(Path.of("store" + which), CrashingMail.open(stores[which], disk));
  }

  private void goOn() throws IOException {
    for (int which = 0; which < stores.length; which++) {
      try (TestStore store = open(which, stores[which].disk())) {
        mail.check(store);
        mail.go(store, 3, 3, random.nextInt(8) == 0 ? 3 : 0);
      }
    }
  }

  /** Syncs until one of the disks stops; says whether it came to that. */
  private boolean crash(int victim, End end) throws IOException {
    Disk[] disks = new Disk[stores.length];
    for (int which = 0; which < stores.length; which++) {
      disks[which] =
          stores[which].disk(which == victim ? random.nextInt(changes) : Integer.MAX_VALUE);
    }
    boolean stopped = !sync(disks);
    changes = Math.max(10, CrashStore.changes(disks[1 - victim]));
    for (int which = 0; which < stores.length; which++) {
      boolean dark = end != End.KILLED && (which == victim || end == End.BOTH_WITHOUT_POWER);
      stores[which] =
          dark ? stores[which].afterPowerLoss(random.nextLong()) : stores[which].afterKill();
    }
    return stopped;
  }

  private boolean sync(Disk[] disks) throws IOException {
    int caller = random.nextInt(stores.length);
    try (TestStore one = open(caller, disks[caller]);
        TestStore other = open(1 - caller, disks[1 - caller])) {
      one.sync(other);
      return true;
    } catch (IOException stopped) {
      return false;
    }
  }

  @Test
  void storesMayStopAtAnyChangeAndOneWholeSessionMakesThemEqual() throws IOException {
    for (int crashes = 0; crashes < CRASHES; crashes += CRASHES_OF_A_LIFE) {
      live(Math.min(CRASHES_OF_A_LIFE, CRASHES - crashes));
    }
  }

  private void live(int crashes) throws IOException {
    mail = new LivingMail(random.nextLong(), 4, 3000);
    Arrays.setAll(stores, which -> CrashStore.empty());
    int stopped = 0;
    for (int round = 0; stopped < crashes; round++) {
      assertTrue(round < 3 * crashes, stopped + " of " + round + " stopped");
      goOn();
      stopped += crash(round % 2, End.values()[random.nextInt(End.values().length)]) ? 1 : 0;
    }
    goOn();
    end();
  }

  private void end() throws IOException {
    try (TestStore here = open(0, stores[0].disk());
        TestStore there = open(1, stores[1].disk())) {
      mail.checkWholeSession(here, there);
    }
  }
}
