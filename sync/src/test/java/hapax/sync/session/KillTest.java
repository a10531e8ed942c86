package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two stores that are synced by processes of their own, of which one is killed (signal 9) at a
 * random byte of what passes between them, or at the end; each in turn. Between the kills mail
 * arrives and is changed in both. {@code -Dhapax.kills=200} kills more often.
 */
class KillTest {
  /** The first so many times all is checked, then every so many times. */
  private static final int CHECKED = 10;

  private static final int KILLS = Integer.getInteger("hapax.kills", 10);
  private static final int ARRIVALS = 6;
  private static final int CHANGES = 6;
  private static final int NOTES = 4;

  @TempDir Path folder;
  private final Random random = new Random(Long.getLong("hapax.killSeed", 1));
  private final LivingMail mail = new LivingMail(random.nextLong(), 8, 60_000);
  private Path temporary;

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  private TestStore open(String name) throws IOException {
    return new TestStore(folder.resolve(name));
  }

  /**
   * Looks at what a killed process left, after many kills only now and then, and goes on with it;
   * says how many bytes came.
   */
  private long goOn(int round) throws IOException {
    long before = mail.bytes();
    for (String name : List.of("here", "there")) {
      try (TestStore store = open(name)) {
        if (round < CHECKED || round % CHECKED == 0) {
          mail.check(store);
        }
        mail.go(store, ARRIVALS, CHANGES, random.nextInt(6) == 0 ? NOTES : 0);
      }
    }
    return mail.bytes() - before;
  }

  /** Whether somebody was killed in the midst of it. */
  private boolean kill(int round, long bytes) throws IOException {
    boolean here = random.nextBoolean();
    Process caller = SideProcess.start("call", folder.resolve(here ? "here" : "there"), temporary);
    Process answerer =
        SideProcess.start("answer", folder.resolve(here ? "there" : "here"), temporary);
    Process victim = round % 2 == 0 ? caller : answerer;
    boolean killed = new DeadlyLine(caller, answerer, victim, moment(bytes)).run();
    if (!killed) {
      Path said = SideProcess.said(folder.resolve((victim == caller) == here ? "here" : "there"));
      assertEquals(0, victim.exitValue(), () -> read(said));
    }
    return killed;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** In the hellos, in the midst of batches and content, or at the end. */
  private long moment(long bytes) {
    return switch (random.nextInt(8)) {
      case 0 -> 1 + random.nextInt(500);
      case 1 -> Long.MAX_VALUE;
      default -> 1 + random.nextInt((int) bytes);
    };
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void storesMayBeKilledAtAnyMomentAndOneWholeSessionMakesThemEqual() throws IOException {
    int killed = 0;
    int rounds = 0;
    while (killed < KILLS) {
      assertTrue(rounds < 2 * KILLS + 5, killed + " of " + rounds + " were killed");
      killed += kill(rounds, goOn(rounds)) ? 1 : 0;
      rounds++;
    }
    goOn(0);
    try (TestStore here = open("here");
        TestStore there = open("there")) {
      mail.checkWholeSession(here, there);
    }
  }
}
