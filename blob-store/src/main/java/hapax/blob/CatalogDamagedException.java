package hapax.blob;

import java.io.IOException;

/**
 * The catalog can not be read. The packs hold everything that it did: throw it away and make it
 * anew.
 */
final class CatalogDamagedException extends IOException {
  private static final long serialVersionUID = 1;

  CatalogDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
