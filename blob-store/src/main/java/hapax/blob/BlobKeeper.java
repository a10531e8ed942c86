package hapax.blob;

import java.io.IOException;

/** Keeps blobs: new content is written, content that is there is compared with what came. */
final class BlobKeeper {
  private final CatalogRows rows;
  private final StoreOptions options;
  private final Appender appender;
  private final ReaderPool readers;
  private final PackRows packs;
  private final DamageList damaged;
  private final Claims claims = new Claims();
  private final Proven proven;

  BlobKeeper(
      CatalogRows rows,
      StoreOptions options,
      Appender appender,
      ReaderPool readers,
      Proven proven) {
    this.rows = rows;
    this.options = options;
    this.appender = appender;
    this.readers = readers;
    this.proven = proven;
    this.packs = new PackRows(rows);
    this.damaged = new DamageList(rows);
  }

  /** Keeps content; if it is small, in {@code group}. */
  PutResult put(BlobId id, long length, Content content, GroupTarget group) throws IOException {
    appender.ensureUsable();
    if (proven.contains(id)) {
      return PutResult.SHARED;
    }
    return claims.with(
        id,
        () -> {
          PutResult result = putClaimed(id, length, content, group);
          proven.add(id);
          return result;
        });
  }

  private PutResult putClaimed(BlobId id, long length, Content content, GroupTarget group)
      throws IOException {
    if (proven.contains(id) || appender.isPending(id)) {
      return PutResult.SHARED;
    }
    byte[] key = Rows.blob(id);
    byte[] known = rows.get(key);
    if (known != null && storedEquals(id, content)) {
      return PutResult.SHARED;
    }
    if (length < options.smallBlob()) {
      putSmall(id, (int) length, content, known != null, group);
    } else {
      putLarge(id, length, content, known != null);
    }
    if (known == null) {
      return PutResult.STORED;
    }
    packs.hide(Rows.readBlob(key, known));
    damaged.remove(id);
    return PutResult.HEALED;
  }

  private boolean storedEquals(BlobId id, Content content) throws IOException {
    PackReader reader = readers.take();
    try {
      ContentComparison comparison = new ContentComparison(reader.pieces(id));
      content.writeTo(comparison);
      return comparison.isEqual();
    } catch (CorruptStoreException damage) {
      // The copy is not whole; writing the content anew heals it.
      return false;
    } finally {
      readers.giveBack(reader);
    }
  }

  /** What takes the place of another copy is hashed, for it must be better than that. */
  private void putSmall(BlobId id, int length, Content content, boolean healing, GroupTarget group)
      throws IOException {
    byte[] bytes = SmallSink.take(id, length, content, healing);
    appender.addPending(id);
    group.add(id, bytes);
  }

  private void putLarge(BlobId id, long length, Content content, boolean healing)
      throws IOException {
    FrameCodec codec = appender.takeCodec();
    try {
      Rows.BlobRow row;
      if (!healing && content instanceof PackedContent packed && packed.isCutAsHere(length)) {
        row = packed.appendTo(appender, codec, id, length);
      } else {
        PieceWriter pieces =
            new PieceWriter(appender, codec, id, length, healing, options.bulkLevel());
        content.writeTo(pieces);
        row = pieces.finish();
      }
      rows.open().put(Rows.blob(id), Rows.write(row));
    } finally {
      appender.giveBack(codec);
    }
  }

  /** Does something with a blob while nobody else stores or moves it. */
  void withClaim(BlobId id, Commits.Work work) throws IOException {
    claims.with(
        id,
        () -> {
          work.run();
          return PutResult.SHARED;
        });
  }

  /**
   * A blob's copy was found damaged by reading it: it is listed, and healed when it comes again.
   */
  void foundDamaged(BlobId id) throws IOException {
    proven.forget(id);
    damaged.add(id);
  }
}
