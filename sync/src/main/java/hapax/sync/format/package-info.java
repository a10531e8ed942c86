/**
 * Mailbox formats as end points: Maildir, mbox and folders of single messages, to be read ({@link
 * hapax.sync.format.MailSource}) and written ({@link hapax.sync.format.MailTarget}). Knows files
 * and names, and nothing of accounts or the store.
 */
@NullMarked
package hapax.sync.format;

import org.jspecify.annotations.NullMarked;
