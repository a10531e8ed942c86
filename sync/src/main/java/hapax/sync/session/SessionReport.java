package hapax.sync.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a session, as one side saw it.
 *
 * @param peer the other replica
 * @param changesSent changes that the peer has made durable
 * @param changesReceived changes that were made durable here
 * @param bytesSent bytes written to the line
 * @param bytesReceived bytes read from the line
 * @param roundTrips how many times the talk went back and forth, each waiting for the one before
 * @param blobsSent blobs that the peer asked for
 * @param blobsSkipped blobs that were spoken of and that the receiver owned
 * @param failures what could not be taken over, a line each
 */
public record SessionReport(
    long peer,
    long changesSent,
    long changesReceived,
    long bytesSent,
    long bytesReceived,
    int roundTrips,
    long blobsSent,
    long blobsSkipped,
    List<String> failures) {
  public SessionReport {
    failures = List.copyOf(failures);
  }

  /** The same, with what could not be taken over on the other side. */
  public SessionReport with(List<String> further) {
    List<String> all = new ArrayList<>(failures);
    all.addAll(further);
    return new SessionReport(
        peer,
        changesSent,
        changesReceived,
        bytesSent,
        bytesReceived,
        roundTrips,
        blobsSent,
        blobsSkipped,
        all);
  }
}
