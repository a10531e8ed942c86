package hapax.tools;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param in standard input
 * @param out standard output, unbuffered: results and nothing else
 * @param err standard error: what is for a person, besides results
 * @param environment the environment's variables
 * @param terminal whether a person looks at standard error
 */
record Surroundings(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean terminal) {
  Surroundings {
    environment = Map.copyOf(environment);
  }
}
