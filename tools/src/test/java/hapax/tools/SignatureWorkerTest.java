package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
import hapax.blob.StoreReader;
import hapax.reconstruct.signature.Keys;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.MailStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignatureWorkerTest {
  private static final String PLAIN = "Subject: a\r\n\r\nb\r\n";
  private static final String OTHER = "Subject: c\r\n\r\nd\r\n";

  @TempDir private Path folder;
  private final SignatureTally tally = new SignatureTally(false);

  private static SignatureWorker worker(StoreReader reader, SignatureTally tally) {
    SignatureCheck check = new SignatureCheck(Keys.none(), Clock.systemUTC());
    return new SignatureWorker(reader, check, tally, new Counterparts(), (messages, bytes) -> {});
  }

  private static StoredItem item(RecordPlace at) {
    return new StoredItem(
        at.id(),
        null,
        List.of(),
        () -> {
          throw new AssertionError("nobody is told of it");
        });
  }

  private void check(List<RecordPlace> places, RecordId faulty) throws IOException {
    try (MailStore store = MailStore.open(folder.resolve("store"), false);
        StoreReader reader = store.blobs().reader()) {
      worker(failing(reader, faulty), tally)
          .checkStored(places.stream().map(SignatureWorkerTest::item).toList());
    }
  }

  /** A reader with a fault that one record brings to light. */
  private static StoreReader failing(StoreReader reader, RecordId faulty) {
    return (StoreReader)
        Proxy.newProxyInstance(
            StoreReader.class.getClassLoader(),
            new Class<?>[] {StoreReader.class},
            (self, method, words) -> {
              if (words != null && Arrays.asList(words).contains(faulty)) {
                throw new IllegalStateException("a fault");
              }
              try {
                return method.invoke(reader, words);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** Text in base64 may have armor in it, so it is rebuilt and looked into. */
  @Test
  void placeOfAMessageWithoutSignaturesShouldNotBeLookedUp() throws IOException {
    byte[] text = "what was said\r\n".repeat(300).getBytes(StandardCharsets.US_ASCII);
    String message =
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(text);
    List<RecordPlace> places = StoredPlaces.of(folder, List.of(message, PLAIN));
    check(places, RecordId.of(new byte[32]));
    assertEquals(List.of(), tally.findings());
    assertEquals(2, tally.messages());
    assertEquals(0, tally.signedMessages());
    assertEquals(message.length() + PLAIN.length(), tally.addBytes(0));
  }

  @Test
  void faultAtOneMessageShouldNotKeepTheOthersFromBeingChecked() throws IOException {
    List<RecordPlace> places =
        StoredPlaces.of(folder, List.of(PLAIN, OTHER, PLAIN.replace('b', 'c')));
    RecordId faulty = places.get(0).id();
    check(places, faulty);
    assertEquals(2, tally.messages());
    assertEquals(1, tally.findings().size());
    String told = tally.findings().get(0);
    assertTrue(told.contains(faulty.toString()) && told.contains("a fault"), told);
  }
}
