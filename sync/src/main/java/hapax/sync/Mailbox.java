package hapax.sync;

/**
 * A mailbox as the index shows it.
 *
 * @param name its name, any Unicode, levels separated by {@code /}
 * @param uidValidity RFC 9051, 2.3.1.1
 * @param uidNext the UID that the next item will get at least
 * @param items how many items it has
 * @param subscribed whether it is subscribed
 */
public record Mailbox(
    MailboxId id, String name, long uidValidity, long uidNext, long items, boolean subscribed) {}
