package hapax.tools;

/** What the program's end tells its caller. */
enum ExitCode {
  /** All was done. */
  DONE(0),
  /** Nothing, or not what was asked, was done. */
  FAILED(1),
  /** The words of the command make no sense. */
  USAGE(2),
  /** Done in part: some source could not be read, or some check found damage. */
  PARTLY(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
