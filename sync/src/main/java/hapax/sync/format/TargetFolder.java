package hapax.sync.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One mailbox that is being written; its messages come in any order if it is not one file. */
public interface TargetFolder extends Closeable {
  /** Whether all messages go into one file, so that one thread has to write them in order. */
  boolean isOneFile();

  /**
   * Writes a message. If the text fails, nothing of it stays.
   *
   * @throws IOException what {@code text} throws, or that the target can not be written
   */
  void put(OutgoingMessage message, Text text) throws IOException;

  /** What could not be kept, each in one line; known when all messages were put. */
  List<String> losses();

  /** Completes the mailbox. */
  @Override
  void close() throws IOException;

  /**
   * What goes with a message.
   *
   * @param id unique among all messages, letters and digits
   * @param uid its number in the mailbox
   * @param size its length in bytes
   * @param date when it arrived
   * @param flags system flags and keywords
   * @param proven whether its text has been compared with its digest already: then it comes in one
   *     piece, and never fails
   */
  record OutgoingMessage(
      String id, long uid, long size, Instant date, Set<String> flags, boolean proven) {}

  /** A message's bytes. */
  @FunctionalInterface
  interface Text {
    /** Writes them all, once. */
    void writeTo(OutputStream out) throws IOException;
  }
}
