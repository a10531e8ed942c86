package hapax.tools;

import hapax.sync.ImportReport.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Things that went wrong while the rest went on, as JSON. */
final class Findings {
  private Findings() {}

  static List<Map<String, ?>> list(List<Finding> findings) {
    List<Map<String, ?>> list = new ArrayList<>();
    for (Finding finding : findings) {
      list.add(Json.object("place", finding.place(), "reason", finding.reason()));
    }
    return list;
  }
}
