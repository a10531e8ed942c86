package hapax.tools;

import java.util.List;

/**
 * What a DNS server answered.
 *
 * @param texts the TXT records, each with its strings joined; none if the name has none
 * @param isCut whether there is more than fitted
 */
record DnsAnswer(List<String> texts, boolean isCut) {}
