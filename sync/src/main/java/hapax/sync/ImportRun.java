package hapax.sync;

/**
 * What all parts of one import share.
 *
 * @param delete whether originals are deleted when they are safe
 * @param all whether messages that are known are taken in, too, and compared: before originals are
 *     deleted, and while the store is damaged, which heals it
 */
record ImportRun(
    MailStore store, ImportTally tally, Originals originals, boolean delete, boolean all) {}
