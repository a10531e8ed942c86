package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.FoldRows;
import hapax.blob.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One horizon may forget any number of items: rows are let go of in between. */
class HorizonStepsTest {
  private static final int ITEMS = 5_500;
  private static final int MOST_ROWS = 4_000;

  private final MemoryRows rows = new MemoryRows();
  private final List<Change> log = new ArrayList<>();

  /** Counts rows that were put and not yet let go; stops after some, as a process may. */
  private static final class Counted implements FoldRows {
    private final MemoryRows rows;
    private int stopAfter;
    private int put;
    private int most;

    Counted(MemoryRows rows, int stopAfter) {
      this.rows = rows;
      this.stopAfter = stopAfter;
    }

    private void count() {
      most = Math.max(most, ++put);
    }

    @Override
    public void relieve() throws IOException {
      put = 0;
      if (--stopAfter == 0) {
        throw new IOException("stopped");
      }
    }

    @Override
    public void put(byte[] key, byte[] value) {
      count();
      rows.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      count();
      rows.delete(key);
    }

    @Override
    public void forgetLog(byte[] from, byte[] to) {
      rows.forgetLog(from, to);
    }

    @Override
    public void hold(RecordId record, byte[] holder) {
      count();
      rows.hold(record, holder);
    }

    @Override
    public void release(RecordId record, byte[] holder) {
      count();
      rows.release(record, holder);
    }

    @Override
    public boolean holds(RecordId record, byte[] holder) {
      return rows.holds(record, holder);
    }

    @Override
    public byte[] get(byte[] key) {
      return rows.get(key);
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) throws IOException {
      rows.scan(from, to, visitor);
    }
  }

  private void say(long millis, Body body) throws IOException {
    Change change = new Change(1, log.size() + 1, (millis << 16) + log.size(), Side.ACCOUNT, body);
    log.add(change);
    ChangeFold.fold(change, rows);
  }

  /** Expunges many items, and gives the horizon after that, which is not folded yet. */
  private HorizonNote history() throws IOException {
    MailboxId mailbox = MailboxId.derive(Side.ACCOUNT, "INBOX", 0);
    say(Side.START, new AccountBody.Created());
    say(Side.START, new MailboxBody.Created(mailbox, "INBOX", 1));
    SplittableRandom random = new SplittableRandom(1);
    List<ItemId> items = new ArrayList<>();
    for (int i = 1; i <= ITEMS; i++) {
      ItemId item = new ItemId(random.nextLong(), i);
      RecordId message = Side.message(i % 100);
      items.add(item);
      say(Side.START, new ItemBody.Added(item, mailbox, i, message, 1, 1, new TreeSet<>()));
    }
    for (int i = 0; i < ITEMS; i += 1000) {
      say(Side.START + i, new ItemBody.Expunged(items.subList(i, Math.min(ITEMS, i + 1000))));
    }
    return new HorizonNote(Side.ACCOUNT, Side.START + 100_000);
  }

  private static List<String> text(MemoryRows rows) throws IOException {
    List<String> text = new ArrayList<>();
    rows.scan(
        new byte[0],
        null,
        (key, value) ->
            text.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value)));
    return text;
  }

  @Test
  void rowsOfSomeThousandItemsAreKeptAtATime() throws IOException {
    HorizonNote horizon = history();
    Counted counted = new Counted(rows, Integer.MAX_VALUE);
    horizon.fold(counted);
    assertTrue(counted.most <= MOST_ROWS, counted.most + " rows");
    assertEquals(0, rows.holders());
    byte[] start = new Keys(Side.ACCOUNT).first(Keys.BIN);
    int[] binned = {0};
    rows.scan(start, new Keys(Side.ACCOUNT).end(Keys.BIN), (key, value) -> ++binned[0] > 0);
    assertEquals(0, binned[0]);
  }

  @Test
  void whatWasFoldedInPartIsFoldedToItsEndTheNextTime() throws IOException {
    HorizonNote horizon = history();
    for (int steps = 1; steps <= ITEMS / 1000; steps++) {
      MemoryRows torn = new MemoryRows();
      MemoryRows whole = new MemoryRows();
      for (Change change : log) {
        ChangeFold.fold(change, torn);
        ChangeFold.fold(change, whole);
      }
      horizon.fold(whole);
      Counted stopping = new Counted(torn, steps);
      IOException stopped = assertThrows(IOException.class, () -> horizon.fold(stopping));
      assertEquals("stopped", stopped.getMessage());
      for (Change change : log) {
        ChangeFold.fold(change, torn);
      }
      horizon.fold(torn);
      assertEquals(text(whole), text(torn));
      assertEquals(0, torn.holders());
    }
  }
}
