package hapax.tools;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.reconstruct.MessageInput;
import hapax.reconstruct.MessageReader;
import hapax.reconstruct.signature.MessageBuffer;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.reconstruct.signature.SignatureRecord;
import hapax.reconstruct.signature.SignatureSieve;
import hapax.reconstruct.signature.Verdict;
import hapax.reconstruct.signature.VerdictComparison;
import hapax.reconstruct.signature.VerdictDifference;
import hapax.sync.Account;
import hapax.sync.format.LoadBuffer;
import hapax.sync.format.SourceMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks the signatures of one message after another; one for each thread. */
final class SignatureWorker {
  /** Where a Message-ID is looked for. */
  private static final int LONGEST_HEAD = 256 * 1024;

  private final StoreReader records;
  private final MessageReader reader;
  private final SignatureSieve sieve;
  private final SignatureCheck check;
  private final SignatureTally tally;
  private final Listener listener;
  private final Counterparts counterparts;
  private final LoadBuffer loadBuffer = new LoadBuffer();

  /** Hears how far the work is. */
  @FunctionalInterface
  interface Listener {
    void done(long messages, long bytes);
  }

  SignatureWorker(
      StoreReader reader,
      SignatureCheck check,
      SignatureTally tally,
      Counterparts counterparts,
      Listener listener) {
    this.counterparts = counterparts;
    this.records = reader;
    this.reader = new MessageReader(reader);
    this.sieve = new SignatureSieve(reader);
    this.check = check;
    this.tally = tally;
    this.listener = listener;
  }

  /**
   * Checks messages as the store gives them back. Those that can have no signature, and of which
   * none was recorded, are not rebuilt, only counted.
   */
  void checkStored(List<StoredItem> messages) {
    long count = 0;
    long bytes = 0;
    try {
      for (StoredItem message : messages) {
        long length = checkStored(message);
        count += length < 0 ? 0 : 1;
        bytes += Math.max(0, length);
      }
    } finally {
      listener.done(tally.addUnsigned(count), tally.addBytes(bytes));
    }
  }

  /** Checks one; returns its length if it is yet to be counted, else -1. */
  private long checkStored(StoredItem message) {
    try {
      Optional<StoredRecord> stored =
          message.at() == null ? records.record(message.id()) : records.record(message.at());
      if (stored.isEmpty()) {
        tally.found("message " + message.id() + ": not there");
        return -1;
      }
      StoredRecord record = stored.get();
      Optional<String> arrival = arrival(message.id(), message.accounts());
      boolean passedOver = arrival.isEmpty() && !sieve.canBeSigned(record);
      return passedOver || !addSigned(message, record, arrival) ? record.length() : -1;
    } catch (IOException damaged) {
      tally.found(Explain.line(damaged));
    } catch (RuntimeException fault) {
      // It must not keep the messages after it from being checked.
      tally.found("message " + message.id() + ": " + Explain.line(fault));
    }
    return -1;
  }

  /** Rebuilds a message; counts it if it has signatures or a record of them, else says no. */
  private boolean addSigned(StoredItem item, StoredRecord record, Optional<String> arrival)
      throws IOException {
    try (MessageBuffer message = new MessageBuffer()) {
      reader.copyTo(record, message);
      List<Verdict> verdicts = check.check(message);
      if (verdicts.isEmpty() && arrival.isEmpty()) {
        return false;
      }
      String place = item.place().text();
      tally.add(
          place,
          record.id().toString(),
          verdicts,
          arrival.flatMap(text -> compared(place, message, text)));
    }
    listener.done(tally.messages(), tally.addBytes(record.length()));
    return true;
  }

  /** What was recorded of a message's signatures when it arrived. */
  private static Optional<String> arrival(RecordId id, List<Account> accounts) throws IOException {
    for (Account account : accounts) {
      Optional<String> text = account.signatures(id);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  /** What was recorded of a message on arrival, if it can be read, and what differs from it now. */
  private Optional<SignatureTally.Recorded> compared(
      String place, MessageBuffer message, String arrival) {
    try {
      SignatureRecord record = SignatureRecord.parse(arrival);
      return Optional.of(new SignatureTally.Recorded(record, record.again(message)));
    } catch (IOException damaged) {
      tally.found(place + ": " + Explain.line(damaged));
      return Optional.empty();
    }
  }

  /** Checks an original, and its stored copy, and compares the verdicts. */
  void checkOriginal(SourceMessage source) {
    try (MessageBuffer original = new MessageBuffer()) {
      RecordId id = read(source, original);
      List<Verdict> before = check.check(original);
      tally.add(source.place(), id.toString(), before, Optional.empty());
      listener.done(tally.messages(), tally.addBytes(original.length()));
      compare(source, id, original, before);
    } catch (IOException unreadable) {
      tally.found(source.place() + ": " + Explain.line(unreadable));
    }
  }

  private void compare(
      SourceMessage source, RecordId id, MessageBuffer original, List<Verdict> before)
      throws IOException {
    String place = source.place();
    try (MessageBuffer copy = new MessageBuffer()) {
      List<String> differences = new ArrayList<>();
      if (!copy(id, copy, differences)) {
        tally.differs(place, List.of("it is not in the store"));
        counterparts.add(source, head(original));
        return;
      }
      differences.addAll(differences(original, before, copy));
      tally.compared(place, differences);
    } catch (IOException damaged) {
      tally.differs(place, List.of(Explain.line(damaged)));
    }
  }

  private List<String> differences(MessageBuffer original, List<Verdict> before, MessageBuffer copy)
      throws IOException {
    List<String> differences = new ArrayList<>();
    OptionalLong at = VerdictComparison.firstDifference(original, copy);
    if (at.isPresent()) {
      differences.add("the first differing byte is at offset " + at.getAsLong());
    }
    for (VerdictDifference difference : VerdictComparison.between(before, check.check(copy))) {
      differences.add(difference.toString());
    }
    return differences;
  }

  private static byte[] head(MessageBuffer message) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    message.copyTo(0, Math.min(message.length(), LONGEST_HEAD), head);
    return head.toByteArray();
  }

  /** Tells in what an original differs from a stored message that bears its Message-ID. */
  void checkCounterpart(SourceMessage source, RecordId stored) {
    try (MessageBuffer original = new MessageBuffer();
        MessageBuffer copy = new MessageBuffer()) {
      read(source, original);
      if (reader.copyTo(stored, copy)) {
        List<String> differences = new ArrayList<>();
        differences.add("it is not in the store, which has another of its Message-ID, " + stored);
        differences.addAll(differences(original, check.check(original), copy));
        tally.explain(source.place(), differences);
      }
    } catch (IOException unreadable) {
      tally.found(source.place() + ": " + Explain.line(unreadable));
    }
  }

  /** Writes what the store gives back, up to where it is damaged; says if it has the message. */
  private boolean copy(RecordId id, MessageBuffer to, List<String> faults) {
    try {
      return reader.copyTo(id, to);
    } catch (IOException damaged) {
      faults.add(Explain.line(damaged));
      return true;
    }
  }

  private RecordId read(SourceMessage source, OutputStream to) throws IOException {
    DigestOutputStream digested = new DigestOutputStream(to, sha256());
    MessageInput input = source.load(loadBuffer).input();
    if (input instanceof MessageInput.Bytes bytes) {
      digested.write(bytes.array(), 0, bytes.length());
    } else if (input instanceof MessageInput.File file) {
      copy(file, digested);
    } else if (input instanceof MessageInput.Stream stream) {
      try (InputStream in = stream.stream()) {
        in.transferTo(digested);
      }
    }
    return RecordId.of(digested.getMessageDigest().digest());
  }

  private static void copy(MessageInput.File file, OutputStream to) throws IOException {
    try (FileChannel channel = FileChannel.open(file.file())) {
      long end = file.to() < 0 ? channel.size() : file.to();
      long copied = channel.transferTo(file.from(), end - file.from(), Channels.newChannel(to));
      if (copied != end - file.from()) {
        throw new IOException(file.file() + ": it changed while it was read");
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
