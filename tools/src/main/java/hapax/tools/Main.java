package hapax.tools;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program: runs one command and exits with its code. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name. */
  public static void main(String[] args) {
    Surroundings process =
        new Surroundings(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
            System.getenv(),
            Boolean.getBoolean("hapax.terminal"));
    System.exit(Hapax.run(process, args));
  }
}
