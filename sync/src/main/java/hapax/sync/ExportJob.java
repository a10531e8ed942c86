package hapax.sync;

import hapax.sync.format.MailTarget;
import java.util.Optional;

/**
 * What is to be exported where to.
 *
 * @param account the account, as it is or as it was
 * @param mailbox the one mailbox that is wanted, and those below it; all if none is said
 */
public record ExportJob(Account account, Optional<String> mailbox, MailTarget target) {}
