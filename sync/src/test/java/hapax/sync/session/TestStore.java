package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.reconstruct.Deliverer;
import hapax.reconstruct.MessageInput;
import hapax.reconstruct.MessageReader;
import hapax.sync.Account;
import hapax.sync.IndexCheck;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import hapax.sync.NewItem;
import hapax.sync.VersionVector;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A real store of a test, with mail made by number. */
final class TestStore implements Closeable {
  final Path folder;
  final MailStore mail;
  private long ids;

  TestStore(Path folder) throws IOException {
    this(folder, InstantSource.system());
  }

  TestStore(Path folder, InstantSource clock) throws IOException {
    this(folder, MailStore.open(folder, true, clock));
  }

  TestStore(Path folder, MailStore mail) {
    this.folder = folder;
    this.mail = mail;
    this.ids = new Random(folder.toString().hashCode()).nextLong();
  }

  /** A message with an attachment of so many bytes, the same for the same number. */
  static byte[] message(int number, int attachment, int attachmentBytes) {
    Random random = new Random(number);
    StringBuilder text = new StringBuilder();
    text.append("From: sender").append(random.nextInt(20)).append("@example.org\r\n");
    text.append("To: jane@example.net\r\nSubject: Message number ").append(number);
    text.append("\r\nMessage-ID: <").append(random.nextLong()).append("@example.org>\r\n");
    text.append("Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n");
    text.append("Content-Type: multipart/mixed; boundary=\"frontier\"\r\n\r\n");
    text.append("--frontier\r\nContent-Type: text/plain\r\n\r\n");
    for (int i = 0; i < 20; i++) {
      text.append("Line ").append(Long.toString(random.nextLong(), 36)).append(" of it.\r\n");
    }
    if (attachmentBytes > 0) {
      byte[] content = new byte[attachmentBytes];
      new Random(1_000_000L + attachment).nextBytes(content);
      text.append("--frontier\r\nContent-Type: application/octet-stream\r\n");
      text.append("Content-Transfer-Encoding: base64\r\n\r\n");
      text.append(Base64.getMimeEncoder().encodeToString(content)).append("\r\n");
    }
    return text.append("--frontier--\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Delivers a message into a mailbox, not committed. */
  ItemId deliver(String account, String mailbox, byte[] message, String... flags)
      throws IOException {
    ItemId id = new ItemId(ids++, message.length);
    deliver(id, account, mailbox, message, flags);
    return id;
  }

  /** Delivers a message as a certain item, not committed. */
  void deliver(ItemId id, String account, String mailbox, byte[] message, String... flags)
      throws IOException {
    Account into = mail.openAccount(account);
    try (Deliverer deliverer = new Deliverer(mail.blobs())) {
      deliverer.deliver(
          new MessageInput.Bytes(message, message.length),
          (unit, delivered) ->
              into.add(
                  unit,
                  into.openMailbox(unit, mailbox).id(),
                  new NewItem(
                      id,
                      delivered.message(),
                      delivered.length(),
                      Set.of(flags),
                      Instant.ofEpochSecond(1_800_000_000))));
    }
  }

  /** Delivers messages with attachments of their own. */
  void fill(String account, int first, int count, int attachmentBytes) throws IOException {
    for (int i = first; i < first + count; i++) {
      deliver(account, "INBOX", message(i, i, attachmentBytes));
    }
    mail.commit();
  }

  /**
   * Delivers messages with attachments of their own into two mailboxes each: the record of a
   * message that has two items goes along with neither, it is asked for.
   */
  void fillTwice(String account, int first, int count, int attachmentBytes) throws IOException {
    for (int i = first; i < first + count; i++) {
      byte[] message = message(i, i, attachmentBytes);
      deliver(account, "INBOX", message);
      deliver(account, "Copies", message);
    }
    mail.commit();
  }

  /** Everything that a reader of the store sees, a line for each thing. */
  String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String account : mail.accounts()) {
      Account of = mail.account(account).orElseThrow();
      for (Mailbox mailbox : of.mailboxes()) {
        text.append(account).append('/').append(mailbox).append('\n');
        of.items(mailbox.id(), 1, item -> !text.append(item).append('\n').isEmpty());
      }
    }
    return text.toString();
  }

  /** Checks that the store is whole: index is fold of the log, each item's message rebuilds. */
  TestStore check() throws IOException {
    assertEquals(List.of(), IndexCheck.findings(mail));
    try (var reader = mail.blobs().reader()) {
      MessageReader messages = new MessageReader(reader);
      for (Item item : items()) {
        if (!messages.copyTo(item.message(), OutputStream.nullOutputStream())) {
          throw new AssertionError("no message " + item.message());
        }
      }
    }
    return this;
  }

  List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    for (String account : mail.accounts()) {
      Account of = mail.account(account).orElseThrow();
      for (Mailbox mailbox : of.mailboxes()) {
        of.items(mailbox.id(), 1, items::add);
      }
    }
    return items;
  }

  /** How the store greets, telling all that it has seen and setting no limits. */
  Hello hello() throws IOException {
    SortedMap<String, VersionVector> vectors = mail.replication().vectors();
    return new Hello(
        mail.replication().replica(),
        true,
        true,
        Hello.Listed.ALL,
        false,
        Optional.empty(),
        Hello.Digest.of(vectors),
        vectors);
  }

  /** What came of a session on both sides. */
  record Reports(SessionReport caller, SessionReport answerer) {}

  Reports sync(TestStore other) throws IOException {
    return sync(other, SessionOptions.DEFAULT, SessionOptions.DEFAULT);
  }

  Reports sync(TestStore other, SessionOptions here, SessionOptions there) throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    return sync(other, here, there, pair.one(), pair.other());
  }

  /** Calls the other store; fails as the caller's side does, or else the other. */
  Reports sync(TestStore other, SessionOptions here, SessionOptions there, Line one, Line far)
      throws IOException {
    CompletableFuture<SessionReport> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try (far) {
                return new Session(other.mail, there).answer(far);
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              }
            });
    SessionReport caller;
    try (one) {
      caller = new Session(mail, here).call(one);
    } catch (IOException failed) {
      answer.exceptionally(alsoFailed -> null).join();
      throw failed;
    }
    try {
      return new Reports(caller, answer.join());
    } catch (CompletionException failed) {
      throw new IOException("answerer: " + failed.getCause(), failed);
    }
  }

  @Override
  public void close() throws IOException {
    mail.close();
  }
}
