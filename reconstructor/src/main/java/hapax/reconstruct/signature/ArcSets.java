package hapax.reconstruct.signature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARC sets of a header (RFC 8617 section 4.2), by instance from 1 on: each the results, the
 * message signature and the seal of one relay.
 */
final class ArcSets {
  static final String RESULTS = "arc-authentication-results";
  static final String SIGNATURE = "arc-message-signature";
  static final String SEAL = "arc-seal";

  /** RFC 8617 section 4.2.1. */
  private static final int MOST = 50;

  /** The instance with which results begin, without comments; its number may be none. */
  private static final Pattern INSTANCE =
      Pattern.compile("\\s*+i\\s*+=\\s*+([0-9]*+)\\s*+(?:;|\\z)");

  private final Map<String, Map<Integer, HeaderField>> fields = new HashMap<>();
  private int last;

  private ArcSets() {}

  /**
   * The sets of {@code header}.
   *
   * @throws SyntaxFault if they are not one whole set for each instance from 1 on
   */
  static ArcSets of(HeaderBlock header) throws SyntaxFault {
    ArcSets sets = new ArcSets();
    for (HeaderField field : header.fields()) {
      if (isArc(field)) {
        sets.add(header, field);
      }
    }
    for (int i = 1; i <= sets.last; i++) {
      for (String name : List.of(RESULTS, SIGNATURE, SEAL)) {
        sets.get(name, i);
      }
    }
    return sets;
  }

  static boolean isArc(HeaderField field) {
    return field.isNamed(SEAL) || field.isNamed(SIGNATURE) || field.isNamed(RESULTS);
  }

  private void add(HeaderBlock header, HeaderField field) throws SyntaxFault {
    int instance = instance(header, field);
    Map<Integer, HeaderField> ofName =
        fields.computeIfAbsent(field.name(), name -> new HashMap<>());
    if (ofName.putIfAbsent(instance, field) != null) {
      throw new SyntaxFault("the instance i=" + instance + " of " + field.name() + " stands twice");
    }
    last = Math.max(last, instance);
  }

  /** The results are no tag list but begin with an instance, with comments anywhere between. */
  private static String instanceOfResults(String value) throws SyntaxFault {
    Matcher instance = INSTANCE.matcher(Ascii.withoutComments(value));
    if (!instance.lookingAt()) {
      throw new SyntaxFault(RESULTS + " does not begin with i= and a number");
    }
    return instance.group(1);
  }

  private static int instance(HeaderBlock header, HeaderField field) throws SyntaxFault {
    String value =
        field.isNamed(RESULTS)
            ? instanceOfResults(header.raw(field))
            : DkimField.tags(header, field).get("i");
    long number = Ascii.number(value, field.name() + " i=");
    if (number < 1 || number > MOST) {
      throw new SyntaxFault("the instance i=" + number + " is not within 1 to " + MOST);
    }
    return (int) number;
  }

  /** The instance of the newest set; 0 if there are none. */
  int last() {
    return last;
  }

  HeaderField get(String name, int instance) throws SyntaxFault {
    HeaderField field = fields.getOrDefault(name, Map.of()).get(instance);
    if (field == null) {
      throw new SyntaxFault("the set i=" + instance + " has no " + name);
    }
    return field;
  }

  /** The message signatures, oldest first. */
  List<HeaderField> signatures() throws SyntaxFault {
    List<HeaderField> list = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      list.add(get(SIGNATURE, i));
    }
    return list;
  }
}
