package hapax.blob;

class MemoryCatalogTest extends CatalogContract {
  @Override
  Catalog open() {
    return new MemoryCatalog();
  }
}
