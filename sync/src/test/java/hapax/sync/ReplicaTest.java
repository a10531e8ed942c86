package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Disk;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
  @TempDir Path folder;
  private long number = 17;

  private long identity(Path where) throws IOException {
    return new Replica(Disk.real(), where, file -> number + " 4", true, Instant::now)
        .current()
        .id();
  }

  @Test
  void identityStays() throws IOException {
    long first = identity(folder);
    assertEquals(first, identity(folder));
    assertEquals(
        "hapax replica 1\nid " + Stamp.originText(first) + "\nmark 17 4\n",
        Files.readString(folder.resolve("replica")));
  }

  @Test
  void copiedStoreTakesANewIdentity() throws IOException {
    long first = identity(folder);
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(folder.resolve("replica"), copy.resolve("replica"));
    Files.copy(folder.resolve("replica.mark"), copy.resolve("replica.mark"));
    number = 18;
    long second = identity(copy);
    assertNotEquals(first, second);
    assertEquals(second, identity(copy));
  }

  @Test
  void brokenOrMissingFileGivesANewIdentity() throws IOException {
    long first = identity(folder);
    Files.writeString(folder.resolve("replica"), "hapax replica 1\nid 01");
    long second = identity(folder);
    Files.delete(folder.resolve("replica"));
    assertNotEquals(first, second);
    assertNotEquals(second, identity(folder));
  }

  @Test
  void leftoverOfACrashIsReplaced() throws IOException {
    Files.writeString(folder.resolve("replica.tmp"), "hapax repl");
    assertEquals(identity(folder), identity(folder));
  }

  @Test
  void realNumbersTellACopyFromTheOriginal() throws IOException {
    Replica.Marks real = Replica.Marks.real();
    long first = new Replica(Disk.real(), folder, real, true, Instant::now).current().id();
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(folder.resolve("replica"), copy.resolve("replica"));
    Files.copy(folder.resolve("replica.mark"), copy.resolve("replica.mark"));
    assertNotEquals(first, new Replica(Disk.real(), copy, real, true, Instant::now).current().id());
    Path moved = Files.move(folder.resolve("copy"), folder.resolve("moved"));
    assertEquals(
        new Replica(Disk.real(), moved, real, true, Instant::now).current().id(),
        new Replica(Disk.real(), moved, real, true, Instant::now).current().id());
  }

  @Test
  void copyInThePlaceOfTheOriginalIsNoticedThoughFileNumbersAreGivenAgain() throws IOException {
    Replica.Marks real = Replica.Marks.real();
    Path mark = folder.resolve("replica.mark");
    for (int i = 0; i < 50; i++) {
      long first = new Replica(Disk.real(), folder, real, true, Instant::now).current().id();
      Files.delete(mark);
      Files.createFile(mark);
      Identity heir = new Replica(Disk.real(), folder, real, true, Instant::now).current();
      assertEquals(first, heir.heritage().orElseThrow().of());
    }
  }

  /** Lets some changes be made, and fails at the next. */
  private static final class StoppingDisk implements InvocationHandler {
    private final Disk disk = Disk.real();
    private int left;

    StoppingDisk(int left) {
      this.left = left;
    }

    static Disk after(int changes) {
      return (Disk)
          Proxy.newProxyInstance(
              Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, new StoppingDisk(changes));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] words) throws Throwable {
      if (!Set.of("list", "read").contains(method.getName()) && left-- == 0) {
        throw new IOException("stopped");
      }
      try {
        return method.invoke(disk, words);
      } catch (InvocationTargetException failed) {
        throw failed.getCause();
      }
    }
  }

  @Test
  void identityThatIsWrittenAnewStaysWhereverThatStops() throws IOException {
    Replica.Marks real = Replica.Marks.real();
    Identity first = new Replica(Disk.real(), folder, real, true, Instant::now).current();
    int stopped = 0;
    for (int round = 0; round < 3; round++) {
      for (int changes = 0; changes < 6; changes++) {
        Replica stopping =
            new Replica(StoppingDisk.after(changes), folder, real, false, Instant::now);
        try {
          stopping.become(first);
        } catch (IOException expected) {
          stopped++;
        }
        Replica again = new Replica(Disk.real(), folder, real, false, Instant::now);
        assertEquals(first, again.current(), "stopped after " + changes + " changes");
      }
    }
    assertTrue(stopped >= 12, stopped + "");
  }

  @Test
  void identityThatIsWrittenAnewIsToldFromACopyMadeBefore() throws IOException {
    Replica.Marks real = Replica.Marks.real();
    for (int times = 1; times <= 4; times++) {
      Path store = Files.createDirectory(folder.resolve("store" + times));
      Replica replica = new Replica(Disk.real(), store, real, true, Instant::now);
      Identity first = replica.current();
      byte[] copied = Files.readAllBytes(store.resolve("replica"));
      for (int i = 0; i < times; i++) {
        replica.become(first);
      }
      assertEquals(first, replica.current());
      Files.write(store.resolve("replica"), copied);
      assertEquals(first.id(), replica.current().heritage().orElseThrow().of());
    }
  }

  @Test
  void identityBeforeIsKeptUntilItIsToldOtherwise() throws IOException {
    long first = identity(folder);
    number = 18;
    Replica replica =
        new Replica(Disk.real(), folder, file -> number + " 4", false, () -> Instant.EPOCH);
    Identity heir = replica.current();
    assertEquals(new Identity.Heritage(first, 0), heir.heritage().orElseThrow());
    assertEquals(heir, replica.current());
    replica.become(Identity.of(heir.id()));
    assertEquals(Identity.of(heir.id()), replica.current());
  }
}
