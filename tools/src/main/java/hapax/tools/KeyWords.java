package hapax.tools;

import hapax.reconstruct.signature.Keys;
import hapax.reconstruct.signature.SignatureCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Words that say with which keys signatures are checked. */
final class KeyWords {
  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "Public keys: DKIM records as zone lines, PEM certificates, OpenPGP key rings. Authorities'"
              + " certificates are the roots that S/MIME signers must lead to.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--dns",
      description =
          "Ask DNS for DKIM keys that no file has. Otherwise nothing touches the network.")
  private boolean dns;

  /** Whether any of the words was said. */
  boolean areGiven() {
    return dns || !files.isEmpty();
  }

  /**
   * A check with these keys.
   *
   * @throws IOException if a file can not be read
   */
  SignatureCheck check() throws IOException {
    Keys keys = Keys.read(files);
    return new SignatureCheck(
        dns ? keys.withLookup(DnsTexts.ofThisMachine()) : keys, Clock.systemUTC());
  }
}
