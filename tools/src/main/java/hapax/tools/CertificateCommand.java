package hapax.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a certificate that two stores can know each other by. */
@Command(
    name = "certificate",
    description = {
      "Make a key and a certificate that it signs itself, for sync over tcp.",
      "The certificate goes to the peer, who trusts it; the key stays."
    },
    footer = {
      "",
      "Example, on either side; then exchange the .crt files:",
      "  hapax certificate ~/.config/hapax --name laptop"
    })
final class CertificateCommand extends BasicCommand {
  @Parameters(paramLabel = "DIR", description = "Where NAME.crt and NAME.key go.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path folder;

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "Whose it is.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String name;

  CertificateCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    if (!name.matches("[\\w.@-]+")) {
      throw misuse("a name has letters, digits, dots, dashes and @, not: " + name);
    }
    SelfSigned made = SelfSigned.make(name);
    Files.createDirectories(folder);
    Path key = folder.resolve(name + ".key");
    Path certificate = folder.resolve(name + ".crt");
    writeSecret(key, made.key());
    Files.writeString(certificate, made.certificate(), StandardOpenOption.CREATE_NEW);
    results.line(certificate + " for the peer, " + key + " to be kept secret");
    results.object(Json.object("certificate", certificate.toString(), "key", key.toString()));
    return ExitCode.DONE;
  }

  private static void writeSecret(Path file, String text) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text);
    } else {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }
  }
}
