package hapax.sync;

import hapax.blob.RecordId;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One appearance of a message in a mailbox, as the index shows it.
 *
 * @param uid unique identifier in the mailbox (RFC 9051, 2.3.1.1), 1 to 2^32-1; 0 while it has
 *     none, and for good if it was expunged meanwhile
 * @param message the message's digest
 * @param size the message's length in bytes
 * @param flags system flags ({@code \Seen}) and keywords
 * @param internalDate when the message arrived, as its source says (milliseconds)
 * @param saved when it came into this mailbox
 * @param expunged when it was expunged, if it was
 */
public record Item(
    ItemId id,
    MailboxId mailbox,
    long uid,
    RecordId message,
    long size,
    SortedSet<String> flags,
    Instant internalDate,
    Instant saved,
    Optional<Instant> expunged) {}
