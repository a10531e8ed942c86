package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens stores for a test and checks all of them when it has ended, as a killed process would have
 * left them:
 *
 * <pre>{@code
 * @RegisterExtension final CheckedStores stores = new CheckedStores();
 * }</pre>
 */
final class CheckedStores implements AfterEachCallback {
  private static final byte[] ID = new byte[16];

  private final Map<CrashCatalog, PackPlace> opened = new LinkedHashMap<>();
  private StoreOptions options = StoreOptions.DEFAULT;

  /** A store over a place and a catalog, which folds as {@link TestMail} does. */
  PackStore open(PackPlace place, CrashCatalog catalog, StoreOptions with) throws IOException {
    opened.put(catalog, place);
    options = with;
    return openUnchecked(place, catalog, with);
  }

  private static PackStore openUnchecked(PackPlace place, Catalog catalog, StoreOptions options)
      throws IOException {
    return new PackStore(
        new StoreParts(ID, place, catalog, null), options, TestMail::fold, Clock.systemUTC());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    for (Map.Entry<CrashCatalog, PackPlace> store : opened.entrySet()) {
      CrashCatalog left = store.getKey().afterKill();
      try (PackStore again = openUnchecked(store.getValue(), left, options)) {
        assertEquals(List.of(), again.check(CheckScope.FULL).findings());
      }
    }
  }
}
