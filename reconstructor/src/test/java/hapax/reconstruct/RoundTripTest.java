package hapax.reconstruct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1: what comes out is what came in, after the store was closed and opened again. */
class RoundTripTest {
  private static final Announcement NOTHING = (unit, message) -> {};

  @TempDir private Path folder;

  private final SampleMail mail = new SampleMail(7);

  private static BlobStore open(Path folder) throws IOException {
    return BlobStore.open(folder, true, (entry, rows) -> entry);
  }

  private static byte[] read(BlobStore store, RecordId id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StoreReader reader = store.reader()) {
      assertTrue(new MessageReader(reader).copyTo(id, out), "message is there");
    }
    return out.toByteArray();
  }

  private void deliverAndReadBack(List<byte[]> messages) throws IOException {
    List<RecordId> ids = new ArrayList<>();
    try (BlobStore store = open(folder);
        Deliverer deliverer = new Deliverer(store)) {
      for (byte[] message : messages) {
        Delivered delivered =
            deliverer.deliver(new MessageInput.Bytes(message, message.length), NOTHING);
        assertEquals(message.length, delivered.length());
        ids.add(delivered.message());
      }
      store.commit();
    }
    try (BlobStore store = open(folder)) {
      for (int i = 0; i < ids.size(); i++) {
        assertArrayEquals(messages.get(i), read(store, ids.get(i)), "message " + i);
      }
    }
  }

  @Test
  void oddByteSequencesComeBack() throws IOException {
    deliverAndReadBack(mail.oddities());
  }

  @Test
  void mailAndItsMutantsComeBack() throws IOException {
    List<byte[]> messages = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] payload = mail.payload(random.nextInt(60_000));
      byte[] message =
          mail.withAttachment(
              payload, 4 * (1 + random.nextInt(30)), i % 2 == 0 ? "\n" : "\r\n", "no " + i);
      messages.add(message);
      messages.add(mail.mutate(message));
    }
    deliverAndReadBack(messages);
  }

  @Test
  void corpusComesBack() throws IOException {
    Path corpus = Path.of(System.getProperty("hapax.corpus", "../../shared/corpus/mail"));
    assumeTrue(Files.isDirectory(corpus), "no corpus of real mail at " + corpus);
    List<byte[]> messages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        messages.add(Files.readAllBytes(file));
      }
    }
    deliverAndReadBack(messages);
  }

  @Test
  void aLongMessageComesBackFromFileAndFromStream() throws IOException {
    byte[] message = mail.withAttachment(mail.payload(InputLoader.IN_MEMORY), 76, "\r\n", "long");
    assertTrue(message.length > InputLoader.IN_MEMORY);
    Path file = folder.resolve("long.eml");
    Files.write(file, message);
    Path stores = folder.resolve("store");
    try (BlobStore store = open(stores);
        Deliverer deliverer = new Deliverer(store)) {
      Delivered first = deliverer.deliver(new MessageInput.File(file), NOTHING);
      Delivered again =
          deliverer.deliver(new MessageInput.Stream(new ByteArrayInputStream(message)), NOTHING);
      store.commit();
      assertTrue(first.added());
      assertFalse(again.added());
      assertEquals(first.message(), again.message());
      assertArrayEquals(message, read(store, first.message()));
    }
  }

  @Test
  void oneAttachmentInManyFormsIsOneBlob() throws IOException {
    byte[] payload = mail.payload(50_000);
    try (BlobStore store = open(folder);
        Deliverer deliverer = new Deliverer(store)) {
      for (int width : new int[] {60, 64, 72, 76, 988}) {
        for (String lineEnd : List.of("\n", "\r\n")) {
          byte[] message = mail.withAttachment(payload, width, lineEnd, "width " + width);
          deliverer.deliver(new MessageInput.Bytes(message, message.length), NOTHING);
        }
      }
      store.commit();
      List<Long> references = new ArrayList<>();
      store.scanBlobs(
          (id, length, stored, count, one) -> {
            assertEquals(payload.length, length);
            return references.add(count);
          });
      assertEquals(List.of(10L), references);
    }
  }

  @Test
  void structureNamesTheAttachment() throws IOException {
    byte[] message = mail.withAttachment(mail.payload(20_000), 76, "\n", "structure");
    try (BlobStore store = open(folder);
        Deliverer deliverer = new Deliverer(store);
        StoreReader reader = store.reader()) {
      Delivered delivered =
          deliverer.deliver(new MessageInput.Bytes(message, message.length), NOTHING);
      store.commit();
      MessageStructure structure =
          new StructureReader(reader).describe(delivered.message()).orElseThrow();
      MessageStructure.Stretch.Blob blob =
          (MessageStructure.Stretch.Blob) structure.stretches().get(1);
      assertEquals(Optional.of("report.pdf"), blob.fileName());
      assertEquals("application/pdf", blob.mediaType());
      assertEquals(20_000, blob.contentLength());
      assertEquals(
          message.length,
          structure.stretches().stream().mapToLong(MessageStructure.Stretch::length).sum());
    }
  }

  @Test
  void savingsAddUpToTheMessages() throws IOException {
    byte[] message = mail.withAttachment(mail.payload(20_000), 76, "\n", "savings");
    try (BlobStore store = open(folder);
        Deliverer deliverer = new Deliverer(store)) {
      deliverer.deliver(new MessageInput.Bytes(message, message.length), NOTHING);
      deliverer.deliver(new MessageInput.Bytes(message, message.length), NOTHING);
      store.commit();
      Savings savings = Savings.of(store);
      assertEquals(1, savings.messages());
      assertEquals(message.length, savings.bytes());
      long unshared = savings.unshared().values().stream().mapToLong(Long::longValue).sum();
      assertTrue(unshared > 0 && unshared < 1_000, "unshared " + unshared);
    }
  }
}
