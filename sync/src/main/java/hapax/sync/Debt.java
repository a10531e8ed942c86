package hapax.sync;

import java.time.Instant;

/**
 * What one store owes another: content that was not in a bundle. The account stops there.
 *
 * @param peer the other replica
 * @param ours whether this store owes the peer; else the peer owes this store
 * @param account whose change needs the content
 * @param since when that was found first
 * @param reason what is lacking, and why, in one line
 */
public record Debt(long peer, boolean ours, String account, Instant since, String reason) {}
