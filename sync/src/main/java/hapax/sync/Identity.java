package hapax.sync;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * As whom a store makes changes.
 *
 * @param id random
 * @param heirOf the identity that the store had before, if it was copied or rolled back since: what
 *     that one did afterwards is not known here, so that UIDs may have been given that this store
 *     does not know of; 0 if not even that is known
 */
record Identity(long id, OptionalLong heirOf) {
  static Identity of(long id) {
    return new Identity(id, OptionalLong.empty());
  }

  boolean isHeir() {
    return heirOf.isPresent();
  }

  /** Keeps the identity of one store. */
  interface Keeper {
    /** The identity that holds now. */
    Identity current() throws IOException;

    /** Replaces the identity; durable when it returns. */
    void become(Identity identity) throws IOException;
  }

  /** Keeps an identity as long as the process lives. */
  static Keeper inMemory(long id) {
    return new Keeper() {
      private Identity identity = of(id);

      @Override
      public Identity current() {
        return identity;
      }

      @Override
      public void become(Identity next) {
        identity = next;
      }
    };
  }
}
