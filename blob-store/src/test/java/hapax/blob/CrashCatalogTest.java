package hapax.blob;

class CrashCatalogTest extends CatalogContract {
  @Override
  Catalog open() {
    return new CrashCatalog();
  }
}
