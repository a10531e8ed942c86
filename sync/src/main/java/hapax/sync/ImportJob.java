package hapax.sync;

import hapax.sync.format.MailSource;
import java.util.Optional;

/**
 * What is to be imported where to.
 *
 * @param account the account's name
 * @param mailbox the mailbox for the root of the source, above those for its folders; without one,
 *     the root is {@code INBOX} and its folders are beside it
 */
public record ImportJob(String account, Optional<String> mailbox, MailSource source) {}
