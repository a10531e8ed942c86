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

  /** Runs a command of each kind on a store that is thrown away. */
  private static void loadClasses(Path folder) throws IOException {
    System.setProperty("ZstdNativePath", folder.resolve("zstd").toString());
    for (List<String> command : List.of(List.of("version", "--json"), List.of("ls"))) {
      Surroundings process =
          new Surroundings(
              new ByteArrayInputStream(new byte[0]),
              OutputStream.nullOutputStream(),
              new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
              Map.of("HAPAX_STORE", folder.resolveSibling("store").toString()),
              false);
      Hapax.run(process, command.toArray(String[]::new));
    }
  }
}
