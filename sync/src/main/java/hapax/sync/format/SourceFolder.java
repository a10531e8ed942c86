package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One folder of a source. */
public interface SourceFolder {
  /** Levels of its mailbox name; none for the root of the source. */
  List<String> levels();

  /** Where it is, for reports. */
  String place();

  /**
   * Reads the list of its messages and hands them out in order, in runs of at most {@link
   * #RUN_LENGTH}.
   *
   * @throws IOException if the list can not be read
   */
  void messages(RunTaker taker, Problems problems) throws IOException;

  /** How many messages there are, roughly, if that can be told without reading them; else 0. */
  long count() throws IOException;

  /** The one file that holds all messages of the folder, if it is such a folder. */
  default Optional<Path> container() {
    return Optional.empty();
  }

  /**
   * Its messages in the order of {@link SourceMessage#delivered}, if the format tells when a
   * message was delivered.
   *
   * @throws IOException if the folder can not be read
   */
  default Optional<DeliveredMessages> byDelivery() throws IOException {
    return Optional.empty();
  }

  /** Most messages in a run. */
  int RUN_LENGTH = 64;

  /** Takes runs of messages. */
  @FunctionalInterface
  interface RunTaker {
    /** Takes the next run; its messages may be read by one other thread. */
    void run(List<SourceMessage> run) throws IOException;
  }
}
