package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One mbox file.
 *
 * @param mboxrd whether it is said to be quoted by the mboxrd rule
 */
record MboxFolder(Path path, List<String> levels, boolean mboxrd) implements SourceFolder {
  MboxFolder {
    levels = List.copyOf(levels);
  }

  @Override
  public String place() {
    return path.toString();
  }

  @Override
  public void messages(RunTaker taker, Problems problems) throws IOException {
    BasicFileAttributes scanned = WholeFile.attributes(path);
    MboxIndex index = MboxScanner.scan(path);
    tellOddities(index, scanned.size(), problems);
    MboxFile file = new MboxFile(path, scanned, index, mboxrd || index.hasQuotedTwice());
    for (int from = 0; from < index.count(); from += RUN_LENGTH) {
      List<SourceMessage> run = new ArrayList<>();
      for (int n = from; n < Math.min(index.count(), from + RUN_LENGTH); n++) {
        run.add(new MboxMessage(file, n));
      }
      taker.run(run);
    }
  }

  private void tellOddities(MboxIndex index, long size, Problems problems) {
    long first = index.count() == 0 ? size : index.fromLine(0);
    if (first > 0) {
      problems.failed(
          place(),
          "at offset 0: expected \"From \", found " + first + " bytes that are no message");
    }
    if (index.count() > 0 && index.isCut()) {
      problems.failed(
          place(),
          "at offset "
              + index.end(index.count() - 1)
              + ": the file ends in the middle of a line; its last message was taken as it stands");
    }
  }

  @Override
  public long count() {
    return 0;
  }

  @Override
  public Optional<Path> container() {
    return Optional.of(path);
  }
}
