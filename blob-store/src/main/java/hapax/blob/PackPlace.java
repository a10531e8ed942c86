package hapax.blob;

import java.io.IOException;
import java.util.List;

/**
 * Where packs live: the seam for places other than a local folder. A pack has a number, from 1 to
 * {@link #MAX_NUMBER}; opening or deleting one that is not there fails with {@link
 * java.nio.file.NoSuchFileException}.
 *
 * <p>A pack that is deleted while a file of it is open can be read through that file to the end.
 */
interface PackPlace {
  /** The highest number of a pack: file names have eight digits, so that they sort. */
  int MAX_NUMBER = 99_999_999;

  /** The numbers of the packs that are there, ascending. */
  List<Integer> numbers() throws IOException;

  /** Makes an empty pack; fails if it is there. Not durable before {@link #sync}. */
  DiskFile create(int number) throws IOException;

  /** Opens a pack for reading. */
  DiskFile read(int number) throws IOException;

  /** Opens a pack for reading, appending and cutting. */
  DiskFile append(int number) throws IOException;

  /** Removes a pack. Not durable before {@link #sync}. */
  void delete(int number) throws IOException;

  /** Makes creations and removals durable. */
  void sync() throws IOException;

  /** What messages call a pack. */
  String name(int number);
}
