package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexCheckTest {
  private Side side;

  @BeforeEach
  void make() throws IOException {
    side = new Side(1);
    side.at(1).add("INBOX", 1, "\\Seen");
    side.add("INBOX", 2);
    side.account.expunge(side.unit, Side.id(2));
    side.account.flag(side.unit, Side.id(1), Set.of("work"), Set.of());
    side.account.setAttribute(
        side.unit, java.util.Optional.empty(), "k", java.util.Optional.of("v"));
    side.store.openAccount("zoe");
    assertEquals(List.of(), IndexCheck.findings(side.store));
  }

  @Test
  void everyRowThatIsChangedOrMissingIsFound() throws IOException {
    TreeMap<byte[], byte[]> rows = new TreeMap<>(side.blobs.rows.map);
    assertTrue(rows.size() > 10);
    for (byte[] key : rows.keySet()) {
      byte[] value = side.blobs.rows.map.remove(key);
      assertEquals(1, IndexCheck.findings(side.store).size());
      byte[] other = new byte[value.length + 1];
      side.blobs.rows.map.put(key, other);
      List<String> findings = IndexCheck.findings(side.store);
      assertEquals(1, findings.size());
      assertTrue(findings.get(0).contains("row " + (char) key[0]), findings.get(0));
      side.blobs.rows.map.put(key, value);
    }
    assertEquals(List.of(), IndexCheck.findings(side.store));
  }

  @Test
  void strayRowIsFound() throws IOException {
    side.blobs.rows.put(new Keys("jane").item(Side.id(9)), new byte[1]);
    assertTrue(IndexCheck.findings(side.store).get(0).endsWith("expected none, found one"));
  }

  @Test
  void missingHolderIsFound() throws IOException {
    side.blobs.rows.holders.pollFirstEntry();
    assertEquals(
        List.of("holders of records: expected 2, found 1"), IndexCheck.findings(side.store));
  }

  @Test
  void findingsOfAnAccountAreCapped() throws IOException {
    for (int i = 3; i < 100; i++) {
      side.add("INBOX", i);
    }
    for (byte[] key : new TreeMap<>(side.blobs.rows.map).keySet()) {
      side.blobs.rows.map.put(key, new byte[0]);
    }
    assertTrue(IndexCheck.findings(side.store).size() < 100);
  }
}
