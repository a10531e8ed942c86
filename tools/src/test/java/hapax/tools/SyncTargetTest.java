package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncTargetTest {
  private static List<String> ssh(String text) {
    return ((SyncTarget.Command) SyncTarget.parse("ssh:" + text)).words();
  }

  @Test
  void hostShouldBeAskedForItsOwnStore() {
    assertEquals(List.of("ssh", "--", "host", "hapax", "sync-server"), ssh("host"));
    assertEquals(List.of("ssh", "--", "jane@host", "hapax", "sync-server"), ssh("jane@host"));
  }

  @Test
  void folderShouldReachTheFarSideAsItIs() {
    assertEquals("'/mail/it'\\''s; rm $(x)'", ssh("host:/mail/it's; rm $(x)").get(5));
    assertEquals("'a:b'", ssh("host:a:b").get(5));
    assertEquals("'-x'", ssh("host:-x").get(5));
  }

  @Test
  void homeFolderShouldBeThatOfTheFarSide() {
    assertEquals("~/'mail store'", ssh("host:~/mail store").get(5));
    assertEquals("'~jane/mail'", ssh("host:~jane/mail").get(5));
  }

  @Test
  void whatNamesNoHostOrFolderShouldBeRefusedInOneLine() {
    assertEquals("expected a host after ssh:", refusal("ssh:"));
    assertEquals(
        "expected [user@]host after ssh:, found -oProxyCommand=x", refusal("ssh:-oProxyCommand=x"));
    assertEquals("expected [user@]host after ssh:, found :x", refusal("ssh::x"));
    assertEquals("expected a folder after host:", refusal("ssh:host:"));
    assertEquals("expected a command after exec:", refusal("exec: "));
    assertEquals("expected host:port, found host", refusal("tcp:host"));
    assertEquals("expected host:port, found host:70000", refusal("tcp:host:70000"));
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> SyncTarget.parse(text)).getMessage();
  }

  @Test
  void otherTargetsShouldBeToldApart() {
    assertEquals(new SyncTarget.Folder(Path.of("a/b")), SyncTarget.parse("a/b"));
    assertEquals(new SyncTarget.Service("::1", 4190), SyncTarget.parse("tcp:[::1]:4190"));
    assertEquals(
        new SyncTarget.Command(List.of("sh", "-c", "ssh -p 22 h hapax sync-server")),
        SyncTarget.parse("exec:ssh -p 22 h hapax sync-server"));
  }
}
