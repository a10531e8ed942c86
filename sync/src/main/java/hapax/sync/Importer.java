package hapax.sync;

import hapax.reconstruct.signature.SignatureCheck;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Takes mail from sources into accounts, with all processors. What is new is added, in the order of
 * the source; what is known gets the flags of its source; what was expunged stays so. A message
 * that can not be read is told and the rest goes on.
 *
 * <pre>{@code
 * ImportReport report =
 *     new Importer(store).run(List.of(new ImportJob("jane", Optional.empty(), source)));
 * }</pre>
 */
public final class Importer {
  private final MailStore store;
  private boolean delete;
  private Optional<SignatureCheck> check = Optional.empty();
  private Progress progress = Progress.NONE;

  /** Imports into {@code store}. */
  public Importer(MailStore store) {
    this.store = store;
  }

  /**
   * Originals are deleted when their messages are safe: durable, proven, and still the same when
   * the original is read once more. An mbox goes only as a whole.
   */
  public Importer deletingOriginals(boolean wanted) {
    this.delete = wanted;
    return this;
  }

  /** The signatures of new messages are checked, and what is found is recorded for good. */
  public Importer recordingSignatures(SignatureCheck wanted) {
    this.check = Optional.of(wanted);
    return this;
  }

  /** Says how far it is. */
  public Importer telling(Progress listener) {
    this.progress = listener;
    return this;
  }

  /**
   * Imports, and commits.
   *
   * @throws IOException if a source is not there or the store fails; what was committed by then is
   *     kept, and running the import again goes on from there
   */
  public ImportReport run(List<ImportJob> jobs) throws IOException {
    return new ImportWork(store, delete, check, progress).run(jobs);
  }
}
