package hapax.blob;

class RealDiskTest extends DiskContract {
  @Override
  Disk make() {
    return Disk.real();
  }
}
