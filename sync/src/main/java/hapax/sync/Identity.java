package hapax.sync;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * As whom a store makes changes.
 *
 * @param id random
 * @param heritage there if the store had another identity before
 */
record Identity(long id, Optional<Heritage> heritage) {
  /**
   * What is left of an identity that the store had before it was copied or rolled back. What that
   * one did afterwards is not known here: it may have given UIDs that this store does not know of.
   *
   * @param of the identity before, 0 if not even that is known
   * @param millis when the new one was taken, milliseconds since 1970
   */
  record Heritage(long of, long millis) {}

  static Identity of(long id) {
    return new Identity(id, Optional.empty());
  }

  static Identity heir(long of, long millis) {
    return new Identity(new SecureRandom().nextLong(), Optional.of(new Heritage(of, millis)));
  }

  /** Keeps the identity of one store. */
  interface Keeper {
    /** The identity that holds now. */
    Identity current() throws IOException;

    /**
     * Replaces the identity, maybe by the same; durable when it returns. Whatever copy there is of
     * the store is told from it from then on.
     */
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
