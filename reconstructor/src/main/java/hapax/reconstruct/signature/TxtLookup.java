package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.List;

/** Where DKIM key records come from when no file has them: DNS, if the caller says so. */
@FunctionalInterface
public interface TxtLookup {
  /**
   * The TXT records of {@code name}, each with its strings joined; empty if there are none.
   *
   * @throws IOException if that can not be found out now; the message says why
   */
  List<String> find(String name) throws IOException;
}
