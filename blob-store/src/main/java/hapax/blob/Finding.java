package hapax.blob;

/**
 * Something that a check found wrong. Each says where it is, what was expected there and what was
 * found.
 */
public sealed interface Finding {
  /** The file, or {@code catalog}. */
  String file();

  /** Offset in bytes in the file; -1 where there is none, as for a row. */
  long offset();

  /** What should be there. */
  String expected();

  /** What is there. */
  String found();

  /** One line for people. */
  default String text() {
    String where = offset() < 0 ? file() : file() + " at offset " + offset();
    return where + ": expected " + expected() + ", found " + found();
  }

  /** A pack whose structure is broken: header, frame, footer or the chain of commits. */
  record DamagedPack(String file, long offset, String expected, String found) implements Finding {
    static DamagedPack of(CorruptStoreException damage) {
      return new DamagedPack(damage.file(), damage.offset(), damage.expected(), damage.found());
    }
  }

  /** A blob whose content is not what its id says. */
  record DamagedBlob(BlobId blob, String file, long offset, String expected, String found)
      implements Finding {
    static DamagedBlob of(BlobId blob, CorruptStoreException how) {
      return new DamagedBlob(blob, how.file(), how.offset(), how.expected(), how.found());
    }

    @Override
    public String text() {
      return "blob " + blob + ": " + Finding.super.text();
    }
  }

  /** A record that can not be read. */
  record DamagedRecord(RecordId record, String file, long offset, String expected, String found)
      implements Finding {
    static DamagedRecord of(RecordId record, CorruptStoreException how) {
      return new DamagedRecord(record, how.file(), how.offset(), how.expected(), how.found());
    }

    @Override
    public String text() {
      return "record " + record + ": " + Finding.super.text();
    }
  }

  /** A record that refers to a blob which the store does not have. */
  record MissingBlob(RecordId record, BlobId blob) implements Finding {
    @Override
    public String file() {
      return "catalog";
    }

    @Override
    public long offset() {
      return -1;
    }

    @Override
    public String expected() {
      return "blob " + blob + " of record " + record;
    }

    @Override
    public String found() {
      return "no such blob";
    }
  }

  /** A record that someone holds and the store does not have. */
  record MissingRecord(RecordId record) implements Finding {
    @Override
    public String file() {
      return "catalog";
    }

    @Override
    public long offset() {
      return -1;
    }

    @Override
    public String expected() {
      return "record " + record;
    }

    @Override
    public String found() {
      return "no such record";
    }
  }

  /**
   * A catalog row that is not what the packs give: {@code rebuild} mends it. Key, expected and
   * found are hexadecimal, or {@code nothing}.
   */
  record WrongRow(String key, String expected, String found) implements Finding {
    @Override
    public String file() {
      return "catalog";
    }

    @Override
    public long offset() {
      return -1;
    }

    @Override
    public String text() {
      return "catalog row " + key + ": expected " + expected + ", found " + found;
    }
  }
}
