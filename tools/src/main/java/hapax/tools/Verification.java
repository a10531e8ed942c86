package hapax.tools;

import hapax.blob.CheckReport;
import hapax.blob.CheckScope;
import hapax.sync.MailStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks for damage in a store: messages rebuilt and, beside that, packs, references and index. */
final class Verification {
  private final Hapax hapax;
  private final MailStore store;

  Verification(Hapax hapax, MailStore store) {
    this.hapax = hapax;
    this.store = store;
  }

  /**
   * What was looked at and found.
   *
   * @param bytes length of the messages rebuilt
   * @param damagedBlobs blobs known to be damaged
   */
  record Verified(
      long messages, long bytes, long badMessages, long damagedBlobs, List<String> findings) {}

  /** Looks at one account's messages, or at a share in percent of everything in the store. */
  Verified run(Optional<String> only, double percent) throws IOException {
    if (only.isPresent()) {
      return verified(messages(only, percent), List.of());
    }
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<List<String>> structure = beside.submit(() -> structure(percent));
      MessageCheck messages = messages(only, percent);
      return verified(messages, get(structure));
    } finally {
      beside.shutdown();
    }
  }

  private MessageCheck messages(Optional<String> only, double percent) throws IOException {
    try (ProgressLine progress = hapax.progress()) {
      MessageCheck messages = new MessageCheck(store.blobs(), percent, progress);
      if (only.isPresent()) {
        messages.runAccount(MailboxName.account(store, only.get()));
      } else {
        messages.runAll(store);
      }
      return messages;
    }
  }

  /** Checks the packs, and catalog and index against rows that are made anew from the packs. */
  private List<String> structure(double percent) throws IOException {
    store.blobs().commit();
    List<String> findings = new ArrayList<>();
    CheckReport report = store.blobs().check(new CheckScope(percent, true));
    report.findings().forEach(finding -> findings.add(finding.text()));
    return findings;
  }

  private static List<String> get(Future<List<String>> findings) throws IOException {
    try {
      return findings.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the check was stopped", stopped);
    }
  }

  private Verified verified(MessageCheck messages, List<String> structure) throws IOException {
    List<String> findings = new ArrayList<>(messages.findings());
    findings.addAll(structure);
    return new Verified(
        messages.checked(),
        messages.bytes(),
        messages.bad(),
        store.blobs().damagedBlobs(),
        findings);
  }
}
