package hapax.mime;

import static org.apache.james.mime4j.stream.RecursionMode.M_NO_RECURSE;
import static org.apache.james.mime4j.stream.RecursionMode.M_RECURSE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.util.MimeUtil;

/** The raw bodies that Mime4j finds in a message, in order, without the empty ones. */
final class Mime4jLeaves {
  private static final String ENCODING = "content-transfer-encoding";

  private Mime4jLeaves() {}

  static List<byte[]> of(byte[] message) throws IOException, MimeException {
    MimeConfig config =
        new MimeConfig.Builder()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .build();
    MimeTokenStream stream = new MimeTokenStream(config);
    stream.parse(new ByteArrayInputStream(message));
    List<byte[]> leaves = new ArrayList<>();
    String encoding = "";
    EntityState state = stream.getState();
    while (state != EntityState.T_END_OF_STREAM) {
      if (state == EntityState.T_START_HEADER) {
        encoding = "";
      } else if (state == EntityState.T_FIELD) {
        Field field = stream.getField();
        boolean first = field.getNameLowerCase().equals(ENCODING) && encoding.isEmpty();
        encoding = first ? field.getBody().strip().toLowerCase(Locale.ROOT) : encoding;
      } else if (state == EntityState.T_END_HEADER) {
        stream.setRecursionMode(isEncoded(encoding) ? M_NO_RECURSE : M_RECURSE);
      } else if (state == EntityState.T_BODY) {
        leaves.add(stream.getInputStream().readAllBytes());
      }
      state = stream.next();
    }
    leaves.removeIf(leaf -> leaf.length == 0);
    return leaves;
  }

  /**
   * An encoded message must not be looked into: its offsets would be those of decoded bytes. For an
   * encoded multipart the mode makes no difference.
   */
  private static boolean isEncoded(String encoding) {
    return MimeUtil.isBase64Encoding(encoding) || MimeUtil.isQuotedPrintableEncoded(encoding);
  }
}
