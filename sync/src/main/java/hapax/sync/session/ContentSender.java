package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.CorruptStoreException;
import hapax.blob.Ownership;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.sync.FieldWriter;
import hapax.sync.Replication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends records and blobs: small blobs in groups, large ones in the pieces in which the packs have
 * them. What can not be read is said to be lacking.
 */
final class ContentSender {
  private static final ByteBuffer NO_PIECE = ByteBuffer.allocate(0);

  private final StoreReader reader;
  private final Ownership ownership;
  private final Replication.Owners owners;
  private final ParcelCodec codec;
  private final Sink sink;
  private Parcel.Builder parcel = new Parcel.Builder();
  private long blobsSent;

  /** Takes frames. */
  @FunctionalInterface
  interface Sink {
    void frame(FrameKind kind, ByteBuffer payload) throws IOException;
  }

  ContentSender(
      StoreReader reader,
      Ownership ownership,
      Replication.Owners owners,
      ParcelCodec codec,
      Sink sink) {
    this.reader = reader;
    this.ownership = ownership;
    this.owners = owners;
    this.codec = codec;
    this.sink = sink;
  }

  long blobsSent() {
    return blobsSent;
  }

  /** Sends what is wanted of a batch; gives the messages and blobs that can not be read. */
  List<Object> send(Offer offer, Positions wanted) throws IOException {
    List<Integer> lacking = new ArrayList<>();
    List<Integer> gone = new ArrayList<>();
    List<Object> names = new ArrayList<>();
    int messages = wanted.stage() == Positions.FIRST ? offer.messages.size() : 0;
    List<BlobId> blobs = offer.blobs(wanted.stage());
    List<StoredRecord> records = new ArrayList<>();
    for (int i = wanted.wanted().nextSetBit(0); i >= 0; i = wanted.wanted().nextSetBit(i + 1)) {
      if (i >= messages) {
        if (!sendBlob(blobs.get(i - messages))) {
          lacking.add(i);
          names.add(blobs.get(i - messages));
        }
      } else if (isGone(offer.messages.get(i))) {
        gone.add(i);
      } else if (!sendRecord(offer.messages.get(i), records)) {
        lacking.add(i);
        names.add(offer.messages.get(i));
      }
    }
    flush();
    // Before the peer can know it, and ask for more.
    offer.sent(wanted.stage(), records);
    sendEnd(wanted, lacking, gone);
    return names;
  }

  /** Whether no item of these accounts holds a message any more: all were expunged long ago. */
  private boolean isGone(RecordId id) throws IOException {
    return owners.holders(id, 1) == 0;
  }

  private boolean sendRecord(RecordId id, List<StoredRecord> records) throws IOException {
    Optional<StoredRecord> record = read(id);
    if (record.isEmpty()) {
      return false;
    }
    parcel.add(record.get());
    records.add(record.get());
    flushIfFull();
    return true;
  }

  private Optional<StoredRecord> read(RecordId id) throws IOException {
    try {
      return reader.record(id);
    } catch (CorruptStoreException damaged) {
      // What is damaged here is told as lacking; verify says where and why.
      return Optional.empty();
    }
  }

  /** Sends a blob; false if there is none that can be read. */
  boolean sendBlob(BlobId id) throws IOException {
    OptionalLong length = ownership.length(id);
    if (length.isEmpty()) {
      return false;
    }
    boolean sent =
        length.getAsLong() < ParcelCodec.SMALL
            ? sendSmall(id, length.getAsLong())
            : sendLarge(id, length.getAsLong());
    blobsSent += sent ? 1 : 0;
    return sent;
  }

  private boolean sendSmall(BlobId id, long length) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream((int) length);
    try {
      reader.copyBlob(id, length, content);
    } catch (CorruptStoreException damaged) {
      // Told as lacking, as above.
      return false;
    }
    parcel.add(id, content.toByteArray());
    flushIfFull();
    return true;
  }

  private boolean sendLarge(BlobId id, long length) throws IOException {
    byte[] head = new FieldWriter().raw(id.toBytes()).varint(length).toBytes();
    sink.frame(FrameKind.BLOB, ByteBuffer.wrap(head));
    try {
      reader.copyPacked(id, length, piece -> sink.frame(FrameKind.PIECE, piece));
      return true;
    } catch (CorruptStoreException damaged) {
      // An empty piece says that no more will come; the blob is told as lacking, as above.
      sink.frame(FrameKind.PIECE, NO_PIECE);
      return false;
    }
  }

  private void flushIfFull() throws IOException {
    if (parcel.size() >= ParcelCodec.FULL) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (!parcel.isEmpty()) {
      sink.frame(FrameKind.PARCEL, ByteBuffer.wrap(codec.pack(parcel)));
      parcel = new Parcel.Builder();
    }
  }

  private void sendEnd(Positions of, List<Integer> lacking, List<Integer> gone) throws IOException {
    FieldWriter end = new FieldWriter().varint(of.batch()).octet(of.stage());
    end.varint(lacking.size());
    lacking.forEach(end::varint);
    end.varint(gone.size());
    gone.forEach(end::varint);
    sink.frame(FrameKind.END, ByteBuffer.wrap(end.toBytes()));
  }
}
