package hapax.sync;

/**
 * What all parts of one import share.
 *
 * @param delete whether originals are deleted when they are safe
 */
record ImportRun(MailStore store, ImportTally tally, Originals originals, boolean delete) {}
