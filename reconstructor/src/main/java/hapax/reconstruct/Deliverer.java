package hapax.reconstruct;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import hapax.blob.PutResult;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.mime.ByteSource;
import hapax.mime.Recipe;
import java.io.Closeable;
import java.io.IOException;

/**
 * Takes messages in: split, store the blobs, rebuild and compare, store the record, say what is to
 * be said of it. A message is safe after the {@link BlobStore#commit()} that follows; only then may
 * its original go. One for each thread.
 *
 * <p>Proof has two halves. The store decodes every frame that it encodes and compares, and compares
 * a shared blob with the copy that it has; here the message is rebuilt from the recipe, the literal
 * bytes and the blobs, by the code that reads will use, and compared with what came. What does not
 * rebuild is kept whole.
 */
public final class Deliverer implements Closeable {
  private final BlobStore store;
  private final StoreReader reader;
  private final MessageReader messages;
  private final Rebuilder rebuilder = new Rebuilder();
  private final Planner planner = new Planner();
  private final InputLoader loader;
  private final Preview preview;

  /** A deliverer into {@code store}. */
  public Deliverer(BlobStore store) {
    this(store, Preview.NONE);
  }

  /** A deliverer into {@code store} that shows each message first. */
  public Deliverer(BlobStore store, Preview preview) {
    this.preview = preview;
    this.store = store;
    this.reader = store.reader();
    this.messages = new MessageReader(reader);
    this.loader = new InputLoader();
  }

  /**
   * Takes a message in and has {@code then} announce it in the same unit of work.
   *
   * @throws IOException if the message can not be read or the store can not be written; nothing of
   *     a message that fails is announced
   */
  public Delivered deliver(MessageInput input, Announcement then) throws IOException {
    try (InputLoader.Loaded message = loader.load(input)) {
      preview.look(message.id(), message.source());
      return deliver(message, then);
    }
  }

  private Delivered deliver(InputLoader.Loaded message, Announcement then) throws IOException {
    try (Intake unit = store.intake()) {
      RecordId id = message.id();
      boolean whole = store.hasRecord(id) && isWhole(id, message);
      boolean added = !whole && store(unit, message) == PutResult.STORED;
      Delivered delivered = new Delivered(id, message.source().length(), added);
      then.announce(unit, delivered);
      return delivered;
    }
  }

  /** Whether the copy that the store has rebuilds to this message; a damaged copy does not. */
  private boolean isWhole(RecordId id, InputLoader.Loaded message) throws IOException {
    try {
      return messages.copyTo(id, message.comparison()) && message.comparedEqual();
    } catch (IOException damaged) {
      // Whatever is wrong with the stored copy, taking the message in anew heals it, or fails by
      // itself.
      return false;
    }
  }

  private PutResult store(Intake unit, InputLoader.Loaded message) throws IOException {
    ByteSource source = message.source();
    Plan plan = planner.plan(source, message.inMemory());
    putBlobs(unit, plan);
    if (!rebuilds(plan, message)) {
      plan = planner.whole(source);
      putBlobs(unit, plan);
      if (!rebuilds(plan, message)) {
        throw new IOException("the message changed while it was taken in");
      }
    }
    return unit.putRecord(record(plan, message));
  }

  private static void putBlobs(Intake unit, Plan plan) throws IOException {
    for (Plan.Piece piece : plan.pieces()) {
      unit.putBlob(piece.id(), piece.length(), piece.content());
    }
  }

  /** Rebuilds the message by its recipe from the content that the store was given. */
  private boolean rebuilds(Plan plan, InputLoader.Loaded message) throws IOException {
    Recipe recipe = Recipe.decode(recipe(plan, message).encode());
    Rebuilder.Blobs blobs = (blob, length, sink) -> plan.pieces().get(blob).content().writeTo(sink);
    rebuilder.rebuild(recipe, planner.head(), planner.body(), blobs, message.comparison());
    return message.comparedEqual();
  }

  private Recipe recipe(Plan plan, InputLoader.Loaded message) {
    return plan.recipe(message.source().length(), planner.headLength());
  }

  private StoredRecord record(Plan plan, InputLoader.Loaded message) {
    return new StoredRecord(
        message.id(),
        message.source().length(),
        plan.ids(),
        Summary.encode(plan.unshared()),
        recipe(plan, message).encode(),
        planner.head(),
        planner.body());
  }

  @Override
  public void close() {
    reader.close();
  }
}
