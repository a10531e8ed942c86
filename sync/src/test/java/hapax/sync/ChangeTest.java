package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CorruptStoreException;
import hapax.blob.RecordId;
import hapax.blob.StoreFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final String ORIGIN = "0123456789abcdef";
  private static final String ITEM = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf";
  private static final String MAILBOX = "b0b1b2b3b4b5b6b7b8b9babbbcbdbebf";
  private static final String MESSAGE =
      "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf";
  private static final ItemId ITEM_ID = new ItemId(0xa0a1a2a3a4a5a6a7L, 0xa8a9aaabacadaeafL);
  private static final MailboxId MAILBOX_ID =
      new MailboxId(0xb0b1b2b3b4b5b6b7L, 0xb8b9babbbcbdbebfL);

  /** 2027-01-15T08:00:00.123Z is 1,800,000,000,123 ms = 0x01a3185c507b. */
  private static final long TIME = 0x01a3_185c_507b_0005L;

  private static Change change(Body body) {
    return new Change(0x0123456789abcdefL, 300, TIME, "jane", body);
  }

  /** The bytes before the body: version, kind, origin, stamp, number 300, account. */
  private static String head(String kind) {
    return "01" + kind + ORIGIN + "01a3185c507b" + "0005" + "ac02" + "04" + "6a616e65";
  }

  private static void golden(String hex, Body body) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(hex, HexFormat.of().formatHex(change(body).encode()));
    assertEquals(change(body), Change.decode(bytes));
  }

  private static SortedSet<String> flags(String... names) {
    return new TreeSet<>(List.of(names));
  }

  @Test
  void accountCreatedHasTheseBytes() throws IOException {
    golden(head("01"), new AccountBody.Created());
  }

  @Test
  void trimmedHasTheseBytes() throws IOException {
    golden(head("04") + "ac02", new AccountBody.Trimmed(300));
    assertEquals(298, change(new AccountBody.Trimmed(3)).first());
  }

  @Test
  void noteOfADebtHasTheseBytes() throws IOException {
    String hex =
        "00" + "02" + "fedcba9876543210" + "01" + "01a3185c507b0005" + ORIGIN + "04" + "6a616e65";
    byte[] bytes = HexFormat.of().parseHex(hex + ORIGIN + "ac02" + "03" + "c3a462");
    DebtNote note =
        new DebtNote(
            0xfedcba9876543210L,
            true,
            new Stamp(TIME, 0x0123456789abcdefL),
            "jane",
            0x0123456789abcdefL,
            300,
            "äb");
    assertEquals(note, LocalNote.decode(bytes));
    assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(note.encode()));
    assertEquals(
        "2027-01-15T08:00:00.123Z owed to fedcba9876543210 account jane: äb", ChangeText.of(bytes));
  }

  @Test
  void noteOfARetiredPeerHasTheseBytes() throws IOException {
    byte[] bytes =
        HexFormat.of().parseHex("00" + "03" + "fedcba9876543210" + "01a3185c507b0005" + ORIGIN);
    RetiredNote note = new RetiredNote(0xfedcba9876543210L, new Stamp(TIME, 0x0123456789abcdefL));
    assertEquals(note, LocalNote.decode(bytes));
    assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(note.encode()));
    assertEquals(HexFormat.of().formatHex(bytes), PageExample.hex("session.md", 1));
    assertEquals(
        "2027-01-15T08:00:00.123Z peer fedcba9876543210 is retired: what was noted of it before is"
            + " void",
        ChangeText.of(bytes));
  }

  @Test
  void noteOfAHorizonHasTheseBytes() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00" + "04" + "04" + "6a616e65" + "fba0f1c2b134");
    HorizonNote note = new HorizonNote("jane", 1_800_000_000_123L);
    assertEquals(note, LocalNote.decode(bytes));
    assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(note.encode()));
    assertEquals(HexFormat.of().formatHex(bytes), PageExample.hex("merge.md", 0));
    assertEquals(
        "01" + "04" + "6a616e65" + "00" + "000001a3185c507b",
        HexFormat.of().formatHex(note.logKey()));
    assertEquals(
        "account jane: what was expunged before 2027-01-15T08:00:00.123Z is forgotten here",
        ChangeText.of(bytes));
  }

  @Test
  void noteOfARetentionHasTheseBytes() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00" + "05" + "01a3185c507b0005" + ORIGIN + "ed02");
    RetentionNote note = new RetentionNote(new Stamp(TIME, 0x0123456789abcdefL), 365);
    assertEquals(note, LocalNote.decode(bytes));
    assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(note.encode()));
    assertEquals(HexFormat.of().formatHex(bytes), PageExample.hex("merge.md", 1));
    assertEquals(
        "01" + "05" + "01a3185c507b0005" + ORIGIN, HexFormat.of().formatHex(note.logKey()));
    assertEquals(
        "2027-01-15T08:00:00.123Z this store keeps what is expunged for 365 days",
        ChangeText.of(bytes));
    assertThrows(
        CorruptStoreException.class,
        () ->
            LocalNote.decode(
                HexFormat.of().parseHex("0005" + "01a3185c507b0005" + ORIGIN + "959d02")));
  }

  @Test
  void horizonThatLeapsOverTimeIsNoNote() {
    assertThrows(
        CorruptStoreException.class,
        () ->
            LocalNote.decode(
                HexFormat.of().parseHex("0004" + "04" + "6a616e65" + "80808080808040")));
  }

  @Test
  void retiredIsWhatWasNotedBeforeInWhateverOrder() throws IOException {
    VersionVector seen = VersionVector.NOTHING;
    List<LocalNote> notes =
        new ArrayList<>(
            List.of(
                new PeerNote(7, new Stamp(TIME, 1), new TreeMap<>(Map.of("jane", seen))),
                new DebtNote(7, true, new Stamp(TIME + 1, 1), "jane", 9, 1, "lost"),
                new PeerNote(8, new Stamp(TIME + 2, 1), new TreeMap<>(Map.of("jane", seen))),
                new RetiredNote(7, new Stamp(TIME + 3, 1)),
                new PeerNote(7, new Stamp(TIME + 4, 1), new TreeMap<>(Map.of("tom", seen)))));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(notes, new Random(seed));
      MemoryBlobs blobs = new MemoryBlobs();
      for (LocalNote note : notes) {
        blobs.append(note.encode());
      }
      assertNull(blobs.rows.get(Keys.peer(7, "jane")), "seed " + seed);
      assertNull(blobs.rows.get(Keys.debt(7, true, "jane")));
      assertNotNull(blobs.rows.get(Keys.peer(7, "tom")));
      assertNotNull(blobs.rows.get(Keys.peer(8, "jane")));
    }
  }

  @Test
  void latestNoteOfADebtCountsInWhateverOrder() throws IOException {
    List<DebtNote> notes = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      notes.add(new DebtNote(7, false, new Stamp(TIME + i, 1), "jane", 9, i, "number " + i));
    }
    for (int order = 0; order < 2; order++) {
      MemoryRows rows = new MemoryRows();
      for (DebtNote note : notes) {
        new ChangeFold().fold(note.encode(), rows);
      }
      byte[] row = Objects.requireNonNull(rows.get(Keys.debt(7, false, "jane")));
      assertEquals("number 2", ((DebtNote) LocalNote.decode(row)).reason());
      Collections.reverse(notes);
    }
  }

  @Test
  void attributeSetHasTheseBytes() throws IOException {
    String key = "02" + "2f6b";
    String value = "03" + "c3a476";
    golden(
        head("03") + "03" + MAILBOX + key + value,
        new AccountBody.AttributeSet(Optional.of(MAILBOX_ID), "/k", Optional.of("äv")));
    golden(
        head("03") + "00" + key,
        new AccountBody.AttributeSet(Optional.empty(), "/k", Optional.empty()));
  }

  @Test
  void mailboxChangesHaveTheseBytes() throws IOException {
    String name = "06" + "576f726b2f78";
    String uidValidity = "80a4a7da06";
    golden(
        head("10") + MAILBOX + name + uidValidity,
        new MailboxBody.Created(MAILBOX_ID, "Work/x", 1_800_000_000));
    golden(head("11") + MAILBOX + name, new MailboxBody.Renamed(MAILBOX_ID, "Work/x"));
    golden(head("12") + MAILBOX, new MailboxBody.Deleted(MAILBOX_ID));
    golden(head("13") + MAILBOX + "01", new MailboxBody.Subscribed(MAILBOX_ID, true));
    golden(
        head("14") + MAILBOX + uidValidity, new MailboxBody.Renumbered(MAILBOX_ID, 1_800_000_000));
  }

  @Test
  void signaturesRecordedHasTheseBytes() throws IOException {
    golden(
        head("80") + MESSAGE + "04" + "c3a4620a",
        new AccountBody.SignaturesRecorded(RecordId.parse(MESSAGE), "äb\n"));
  }

  @Test
  void exampleOnThePageIsThisChange() throws IOException {
    Change change =
        change(
            new ItemBody.Added(
                ITEM_ID,
                MAILBOX_ID,
                1_234_567,
                RecordId.parse(MESSAGE),
                12_345,
                1_800_000_000_123L,
                flags("\\Seen", "work")));
    assertEquals(PageExample.hex("change.md"), HexFormat.of().formatHex(change.encode()));
  }

  @Test
  void itemAddedHasTheseBytes() throws IOException {
    String uid = "87ad4b";
    String size = "b960";
    String date = "f6c1e285e368";
    String flags = "02" + "05" + "5c5365656e" + "04" + "776f726b";
    golden(
        head("20") + ITEM + MAILBOX + uid + MESSAGE + size + date + flags,
        new ItemBody.Added(
            ITEM_ID,
            MAILBOX_ID,
            1_234_567,
            RecordId.parse(MESSAGE),
            12_345,
            1_800_000_000_123L,
            flags("\\Seen", "work")));
  }

  @Test
  void itemChangesHaveTheseBytes() throws IOException {
    golden(head("21") + ITEM + MAILBOX + "05", new ItemBody.Moved(ITEM_ID, MAILBOX_ID, 5));
    golden(
        head("22") + ITEM + "01" + "05" + "5c5365656e" + "01" + "04" + "776f726b",
        new ItemBody.Flagged(ITEM_ID, flags("\\Seen"), flags("work")));
    golden(
        head("23") + "02" + ITEM + "00000000000000000000000000000001",
        new ItemBody.Expunged(List.of(ITEM_ID, new ItemId(0, 1))));
    golden(
        head("24") + ITEM + MAILBOX + "01a3185c507b0005" + ORIGIN + "ffffffff0f",
        new ItemBody.UidReassigned(
            ITEM_ID, MAILBOX_ID, new Stamp(TIME, 0x0123456789abcdefL), 0xFFFF_FFFFL));
    golden(head("25") + ITEM + MAILBOX + "05", new ItemBody.Forgotten(ITEM_ID, MAILBOX_ID, 5));
  }

  @Test
  void logKeyIsAccountZeroOriginAndNumber() {
    assertEquals(
        "6a616e65" + "00" + ORIGIN + "000000000000012c",
        HexFormat.of().formatHex(change(new AccountBody.Created()).logKey()));
  }

  @Test
  void systemFlagsAreKnownInAnyCaseAndInboxToo() throws IOException {
    Change changed = change(new ItemBody.Flagged(ITEM_ID, flags("\\SEEN", "Work"), flags()));
    ItemBody.Flagged body = (ItemBody.Flagged) Change.decode(changed.encode()).body();
    assertEquals(Set.of("\\Seen", "Work"), body.set());
    assertEquals("INBOX/x", new MailboxBody.Renamed(MAILBOX_ID, "inBox/x").name());
  }

  @Test
  void everyChangeComesBackAsItWas() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      Change change = RandomChanges.next(random);
      assertEquals(change, Change.decode(change.encode()));
    }
  }

  @Test
  void unknownBodyThatMayBePassedOverMakesNoRows() throws IOException {
    byte[] entry = HexFormat.of().parseHex(head("81") + "0102030405");
    assertEquals(new UnknownBody(0x81, 5), Change.decode(entry).body());
    MemoryBlobs blobs = new MemoryBlobs();
    blobs.append(entry);
    assertArrayEquals(entry, blobs.log.firstEntry().getValue());
    assertEquals(List.of("V"), List.of(blobs.rows.text().substring(0, 1)));
    assertEquals(1, blobs.rows.map.size());
  }

  /** Logs of before each store forgot for itself have such. */
  @Test
  void horizonOfAllSaysNothingAnyMore() throws IOException {
    byte[] entry = HexFormat.of().parseHex(head("02") + "80a0c3e5cb06");
    assertEquals(new UnknownBody(0x02, 6), Change.decode(entry).body());
    MemoryBlobs blobs = new MemoryBlobs();
    blobs.append(entry);
    assertEquals(1, blobs.rows.map.size());
  }

  @Test
  void unknownBodyThatMayNotBePassedOverStopsWithAClearError() {
    byte[] entry = HexFormat.of().parseHex(head("7f") + "0102030405");
    String message =
        assertThrows(StoreFormatException.class, () -> Change.decode(entry)).getMessage();
    assertTrue(message.contains("0x7f") && message.contains("newer version"), message);
  }

  @Test
  void changeOfANewerVersionStopsWithAClearError() {
    byte[] entry = HexFormat.of().parseHex("02" + head("01").substring(2));
    String message =
        assertThrows(StoreFormatException.class, () -> Change.decode(entry)).getMessage();
    assertTrue(message.contains("version 2"), message);
  }

  @Test
  void decodeShouldFailWhereverAChangeIsCut() throws IOException {
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      byte[] entry = RandomChanges.next(random).encode();
      for (int length = 0; length < entry.length; length++) {
        byte[] cut = Arrays.copyOf(entry, length);
        assertThrows(CorruptStoreException.class, () -> Change.decode(cut));
      }
      byte[] longer = Arrays.copyOf(entry, entry.length + 1);
      assertThrows(CorruptStoreException.class, () -> Change.decode(longer));
    }
  }

  @Test
  void decodeShouldNameOffsetExpectedAndFound() {
    byte[] cut = HexFormat.of().parseHex(head("12") + MAILBOX.substring(2));
    String message =
        assertThrows(CorruptStoreException.class, () -> Change.decode(cut)).getMessage();
    assertEquals("change at offset 25: expected mailbox of 16 bytes, found 15 bytes", message);
  }

  @Test
  void decodeShouldFailWhenLengthsLie() {
    String million = "c0843d";
    for (String body :
        List.of(
            head("23") + million + ITEM,
            head("22") + ITEM + million + "0161",
            head("11") + MAILBOX + "ffffffff07" + "61",
            head("11") + MAILBOX + "ffffffffffffffffff01" + "61",
            head("12").replace("ac02", "8000") + MAILBOX,
            head("21") + ITEM + MAILBOX + "00",
            head("21") + ITEM + MAILBOX + "8080808010")) {
      byte[] entry = HexFormat.of().parseHex(body);
      assertThrows(CorruptStoreException.class, () -> Change.decode(entry), body);
    }
  }

  @Test
  void decodeShouldFailWhenFieldsAreNotWhatTheyMayBe() {
    for (String body :
        List.of(
            head("11") + MAILBOX + "02" + "c328",
            head("11") + MAILBOX + "02" + "6100",
            head("11") + MAILBOX + "02" + "2f61",
            head("11") + MAILBOX + "00",
            head("13") + MAILBOX + "02",
            head("22") + ITEM + "01" + "0161" + "01" + "0161",
            head("23") + "00",
            head("01").replace("6a616e65", "2e616e65"))) {
      byte[] entry = HexFormat.of().parseHex(body);
      assertThrows(CorruptStoreException.class, () -> Change.decode(entry), body);
    }
  }

  @Test
  void decodeOfAnyBytesFailsCleanlyOrGivesAChange() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] entry = RandomChanges.next(random).encode();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        entry[random.nextInt(entry.length)] = (byte) random.nextInt(256);
      }
      try {
        Change.decode(entry);
      } catch (CorruptStoreException | StoreFormatException expected) {
        assertTrue(expected.getMessage().length() < 400, expected.getMessage());
      } catch (IOException other) {
        throw new AssertionError("seed 3 round " + i, other);
      }
    }
  }

  @Test
  void textIsOneLine() throws IOException {
    assertEquals(
        "2027-01-15T08:00:00.123Z+5 0123456789abcdef#300 jane: ItemMoved[item="
            + ITEM
            + ", mailbox="
            + MAILBOX
            + ", uid=5]",
        ChangeText.of(change(new ItemBody.Moved(ITEM_ID, MAILBOX_ID, 5)).encode()));
    String attribute =
        ChangeText.of(
            change(new AccountBody.AttributeSet(Optional.empty(), "k", Optional.of("a\nb")))
                .encode());
    assertTrue(
        attribute.endsWith(
            "AccountAttributeSet[mailbox=Optional.empty, key=k," + " value=Optional[a\\u000ab]]"),
        attribute);
  }
}
