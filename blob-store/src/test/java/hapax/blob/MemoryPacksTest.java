package hapax.blob;

class MemoryPacksTest extends PackPlaceContract {
  @Override
  PackPlace make() {
    return new MemoryPacks();
  }
}
