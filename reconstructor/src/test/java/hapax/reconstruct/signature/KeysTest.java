package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  @TempDir Path folder;

  private static Map<String, List<String>> zone(String text) {
    return ZoneText.read(text.lines().toList());
  }

  @Test
  void recordsShouldBeReadHoweverPeopleWriteThem() {
    List<String> record = List.of("v=DKIM1; k=rsa; p=AAAA");
    for (String text :
        List.of(
            "s._domainkey.example.org. IN TXT \"v=DKIM1; k=rsa; p=AAAA\"",
            "S._domainkey.Example.org 3600 IN TXT \"v=DKIM1; k=rsa; \" \"p=AAAA\" ; comment \"no\"",
            "s._domainkey.example.org\tTXT\tv=DKIM1; k=rsa; p=AAAA",
            "s._domainkey.example.org v=DKIM1; k=rsa; p=AAAA",
            "s._domainkey.example.org\tv=DKIM1; k=rsa; p=AAAA\tsome/file",
            "; zone\n$ORIGIN example.org.\ns._domainkey IN TXT \"v=DKIM1; k=rsa; p=AAAA\"",
            "s._domainkey\tIN\tTXT\t( \"v=DKIM1; k=rsa; \"\n\t  \"p=AAAA\" )  ; ----- DKIM key s for example.org",
            "s._domainkey.example.org TXT (\n\"v=DKIM1; k=rsa; p=AAAA\"\n)\nother TXT x",
            "s._domainkey.example.org TXT \"v=DKIM1\\; k=rsa\\; p=AAAA\"")) {
      assertEquals(record, zone(text).get("s._domainkey.example.org"), text);
    }
  }

  @Test
  void longRecordShouldComeBackFromItsZoneLine() {
    String record = "v=DKIM1; n=a\"b\\c; p=" + "A".repeat(800);
    assertEquals(
        Map.of("s._domainkey.e.org", List.of(record)),
        zone(ZoneText.line("s._domainkey.e.org", record)));
  }

  @Test
  void filesOfEveryKindShouldBeReadTogether() throws IOException {
    TestSigner signer = TestSigner.of("SHA256withECDSA");
    Path der = Files.write(folder.resolve("c.der"), signer.certificate.getEncoded());
    Path mixed =
        Files.writeString(
            folder.resolve("mixed"),
            Pem.certificate(TestSigner.authority().certificate)
                + "s._domainkey.example.org TXT "
                + DkimSigner.record(DkimSigner.RSA)
                + "\n");
    Keys keys = Keys.read(List.of(der, mixed));
    assertEquals(2, keys.certificates().all().size());
    assertEquals(1, keys.dkim().find("s._domainkey.example.ORG").size());
  }

  @Test
  void damagedKeyShouldBeAClearErrorThatNamesTheFile() throws IOException {
    for (String text :
        List.of(
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxioGY4d/4xsA\n-----END PGP PUBLIC KEY BLOCK-----\n")) {
      Path file = Files.writeString(folder.resolve("bad.pem"), text);
      IOException e = assertThrows(IOException.class, () -> Keys.read(List.of(file)));
      assertTrue(e.getMessage().contains("bad.pem"), e::getMessage);
    }
  }
}
