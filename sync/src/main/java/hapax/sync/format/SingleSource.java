package hapax.sync.format;

import java.util.List;

/** A source of one folder. */
record SingleSource(SourceFolder folder) implements MailSource {
  @Override
  public List<SourceFolder> folders(Problems problems) {
    return List.of(folder);
  }

  /** The folder of just one message. */
  record OneMessage(SourceMessage message) implements SourceFolder {
    @Override
    public List<String> levels() {
      return List.of();
    }

    @Override
    public String place() {
      return message.place();
    }

    @Override
    public void messages(RunTaker taker, Problems problems) throws java.io.IOException {
      taker.run(List.of(message));
    }

    @Override
    public long count() {
      return 1;
    }
  }
}
