package hapax.sync;

import hapax.sync.format.Problems;
import hapax.sync.format.SourceFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of a source and where it goes.
 *
 * @param account name of the account
 * @param mailbox name of the mailbox
 */
record PlannedFolder(String account, String mailbox, SourceFolder folder) {
  /** The folders of all jobs, in their order. */
  static List<PlannedFolder> of(List<ImportJob> jobs, Problems problems) throws IOException {
    List<PlannedFolder> folders = new ArrayList<>();
    for (ImportJob job : jobs) {
      for (SourceFolder folder : job.source().folders(problems)) {
        folders.add(new PlannedFolder(job.account(), mailbox(job, folder), folder));
      }
    }
    return folders;
  }

  private static String mailbox(ImportJob job, SourceFolder folder) {
    List<String> levels = new ArrayList<>();
    job.mailbox().ifPresent(levels::add);
    levels.addAll(folder.levels());
    return levels.isEmpty() ? Names.INBOX : String.join("/", levels);
  }

  /** About how many messages there are; what can not be read now, the import itself tells. */
  static long count(List<PlannedFolder> folders) {
    return folders.stream().mapToLong(PlannedFolder::count).sum();
  }

  private long count() {
    try {
      return folder.count();
    } catch (IOException unreadable) {
      // Not told here: this number is only a guess at how much there is to do.
      return 0;
    }
  }
}
