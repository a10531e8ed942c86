package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Sweeping goes on beside intake, removal, reading and commits. */
class SweepBesideIntakeTest {
  private static final StoreOptions SMALL =
      new StoreOptions(256 << 10, 16 << 10, 4 << 10, 1, 1, 32 << 20);
  private static final int WRITERS = 3;
  private static final int RECORDS = 120;

  /** Each writer has the same content as the others, under names of its own. */
  private Void write(PackStore store, TestMail mail, int writer) throws IOException {
    List<String> added = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      try (Intake unit = store.intake()) {
        StoredRecord record = mail.add(unit, "writer " + writer + " record " + i, 20_000);
        unit.append(TestMail.entry('+', record.id()));
        added.add(record.id().toString());
      }
      if (i % 3 == 2) {
        mail.remove(store, added.remove(0));
      }
      if (i % 7 == 0) {
        store.commit();
        mail.checkAll(store);
      }
    }
    store.commit();
    return null;
  }

  private static Void sweepUntil(PackStore store, AtomicBoolean done) throws IOException {
    do {
      store.sweep(store.planSweep(new SweepMargins(1)));
    } while (!done.get());
    return null;
  }

  @Test
  void nothingHeldIsLost() throws Exception {
    CrashCatalog catalog = new CrashCatalog();
    MemoryPacks place = new MemoryPacks();
    StoreParts parts = new StoreParts(new byte[16], place, catalog, null);
    List<TestMail> mails = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      AtomicBoolean done = new AtomicBoolean();
      Future<Void> sweeper = threads.submit(() -> sweepUntil(store, done));
      List<Future<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        TestMail mail = new TestMail(99);
        int writer = i;
        mails.add(mail);
        writers.add(threads.submit(() -> write(store, mail, writer)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
      done.set(true);
      sweeper.get();
      for (TestMail mail : mails) {
        mail.checkAll(store);
      }
      assertTrue(place.numbers().get(0) > 1, place.numbers().toString());
      assertEquals(List.of(), store.check(CheckScope.FULL).findings());
    } finally {
      threads.shutdown();
    }
  }
}
