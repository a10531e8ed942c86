package hapax.tools.bench;

/** What kind of mail is generated. */
public enum Profile {
  /** Colleagues who send each other the same files, forward them, and get newsletters. */
  OFFICE(20, 0.28, 0.25, 0.12, 2_000),
  /** One person's many years: little is sent twice. */
  ARCHIVE(1, 0.36, 0.05, 0.2, 2_000),
  /** Mailing lists: text, much of it quoted, no files. */
  LISTS(4, 0, 0, 0.02, 10_000),
  /** The office, for a quick look. */
  TINY(5, 0.28, 0.25, 0.12, 200);

  private final int users;
  private final double withFiles;
  private final double forwards;
  private final double newsletters;
  private final long usualMessages;

  Profile(int users, double withFiles, double forwards, double newsletters, long usualMessages) {
    this.users = users;
    this.withFiles = withFiles;
    this.forwards = forwards;
    this.newsletters = newsletters;
    this.usualMessages = usualMessages;
  }

  /** How many messages make a run worth looking at. */
  public long usualMessages() {
    return usualMessages;
  }

  int users() {
    return users;
  }

  /** Share of the letters that carry files. */
  double withFiles() {
    return withFiles;
  }

  /** Share of the letters with files whose files were sent before. */
  double forwards() {
    return forwards;
  }

  /** Share of newsletters among all that is sent. */
  double newsletters() {
    return newsletters;
  }
}
