package hapax.tools;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the launcher runs once after a build: unpacks the native code for this machine, so that not
 * every start does, and then loads the classes that commands need, for the archive of classes that
 * the Java virtual machine writes when this program ends. Speed alone depends on it.
 */
public final class Prepare {
  /** Stands for the folder of another store. */
  private static final String OTHER = "OTHER";

  /** Some fail, after they have loaded what they would work with. */
  private static final List<String> COMMANDS =
      List.of(
          "version --json",
          "import --account a -",
          "import --account a --json -",
          "ls",
          "ls a",
          "ls a/INBOX",
          "ls --json a/INBOX",
          "flag a/INBOX/1 +\\Seen",
          "show a/INBOX/1",
          "cat a/INBOX/1",
          "signatures",
          "stats",
          "sync " + OTHER,
          "sync " + OTHER,
          "sync exec:true",
          "sync-server");

  private static final String MESSAGE =
      """
      From: a@harbour.example
      Subject: =?utf-8?Q?a?=
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8

      a
      --b
      Content-Type: application/pdf; name="a.pdf"
      Content-Transfer-Encoding: base64

      %s
      --b--
      """
          .formatted("YWJj".repeat(19).concat("\n").repeat(1000));

  private Prepare() {}

  /** Unpacks into the folder that {@code args[0]} names. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Path jar = Path.of(Prepare.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    unpack(jar, folder);
    loadClasses(folder);
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    String rocks = rocksLibrary();
    String zstd = zstdFolder() + "libzstd-jni-";
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        if (entry.getName().equals(rocks)) {
          copy(file, entry, folder.resolve(rocks));
        } else if (entry.getName().startsWith(zstd)) {
          copy(file, entry, folder.resolve("zstd"));
        }
      }
    }
  }

  private static void copy(JarFile jar, JarEntry entry, Path to) throws IOException {
    try (InputStream content = jar.getInputStream(entry)) {
      Files.copy(content, to);
    }
  }

  private static String rocksLibrary() {
    String processor = isArm() ? "aarch64" : "64";
    return isMac()
        ? "librocksdbjni-osx-" + (isArm() ? "arm64" : "x86_64") + ".jnilib"
        : "librocksdbjni-linux" + (isArm() ? "-" : "") + processor + ".so";
  }

  private static String zstdFolder() {
    return isMac()
        ? "darwin/" + (isArm() ? "aarch64/" : "x86_64/")
        : "linux/" + (isArm() ? "aarch64/" : "amd64/");
  }

  private static boolean isMac() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
  }

  private static boolean isArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }

  /** Runs commands on stores that are thrown away. */
  private static void loadClasses(Path folder) throws IOException {
    System.setProperty("java.library.path", folder.toString());
    System.setProperty("ZstdNativePath", folder.resolve("zstd").toString());
    Path stores = Files.createTempDirectory("hapax-prepare-");
    try {
      for (String command : COMMANDS) {
        String[] words = command.split(" ");
        Arrays.setAll(words, i -> words[i].equals(OTHER) ? stores.resolve("other") + "" : words[i]);
        run(stores.resolve("store"), words);
      }
    } finally {
      Folders.remove(stores);
    }
  }

  private static void run(Path store, String... command) {
    Surroundings process =
        new Surroundings(
            new ByteArrayInputStream(MESSAGE.getBytes(StandardCharsets.US_ASCII)),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            Map.of("HAPAX_STORE", store.toString()),
            true);
    Hapax.run(process, command);
  }
}
