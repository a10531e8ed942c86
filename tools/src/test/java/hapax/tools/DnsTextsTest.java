package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of our own on this machine. */
final class DnsTextsTest {
  private static final int ANSWER = 0x84;
  private static final int CUT = 0x02;

  private DatagramSocket datagrams;
  private ServerSocket streams;
  private volatile UnaryOperator<byte[]> reply = question -> question;
  private volatile UnaryOperator<byte[]> streamReply = question -> question;

  @BeforeEach
  void start() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    datagrams = new DatagramSocket(0, here);
    streams = new ServerSocket(datagrams.getLocalPort(), 5, here);
    daemon(this::serveDatagrams);
    daemon(this::serveStreams);
  }

  @AfterEach
  void stop() throws IOException {
    datagrams.close();
    streams.close();
  }

  /** Work that ends when the sockets are closed. */
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SocketException closed) {
                // the test is over
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serveDatagrams() throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[512], 512);
      datagrams.receive(packet);
      byte[] answer = reply.apply(Arrays.copyOf(packet.getData(), packet.getLength()));
      datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    }
  }

  private void serveStreams() throws IOException {
    while (true) {
      try (Socket socket = streams.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = streamReply.apply(in.readNBytes(in.readUnsignedShort()));
        socket
            .getOutputStream()
            .write(new byte[] {(byte) (answer.length >> 8), (byte) answer.length});
        socket.getOutputStream().write(answer);
      }
    }
  }

  private List<String> find(String name) throws IOException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), datagrams.getLocalPort());
    return new DnsTexts(List.of(server)).find(name);
  }

  /** The question with flags, and records of that type, each with its strings. */
  private static byte[] answer(byte[] question, int flags, int code, int type, String... strings) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String string : strings) {
      data.write(string.length());
      data.writeBytes(string.getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] head = question.clone();
    head[2] = (byte) flags;
    head[3] = (byte) code;
    head[7] = (byte) (strings.length == 0 ? 0 : 1);
    out.writeBytes(head);
    if (strings.length > 0) {
      int length = data.size();
      out.writeBytes(
          new byte[] {
            (byte) 0xc0, 12, 0, (byte) type, 0, 1, 0, 0, 0, 60, (byte) (length >> 8), (byte) length
          });
      out.writeBytes(data.toByteArray());
    }
    return out.toByteArray();
  }

  @Test
  void stringsOfARecordShouldBeJoined() throws IOException {
    reply = question -> answer(question, ANSWER, 0, 16, "v=DKIM1; ", "p=AAAA");
    assertEquals(List.of("v=DKIM1; p=AAAA"), find("s._domainkey.example.org"));
  }

  @Test
  void missingNameAndRecordsOfOtherTypesShouldGiveNone() throws IOException {
    reply = question -> answer(question, ANSWER, 3, 16);
    assertEquals(List.of(), find("none.example.org"));
    reply = question -> answer(question, ANSWER, 0, 5, "x");
    assertEquals(List.of(), find("alias.example.org"));
  }

  @Test
  void answerThatIsCutShouldBeAskedForByStream() throws IOException {
    reply = question -> answer(question, ANSWER | CUT, 0, 16);
    String[] strings = new String[40];
    Arrays.fill(strings, "x".repeat(250));
    streamReply = question -> answer(question, ANSWER, 0, 16, strings);
    assertEquals(10_000, find("long.example.org").get(0).length());
  }

  @Test
  void errorsAndLiesShouldBeToldInOneLine() {
    reply = question -> answer(question, ANSWER, 2, 16);
    assertFails("error 2");
    reply = question -> answer(question, 0, 0, 16, "x");
    assertFails("not to the question");
    reply = question -> Arrays.copyOf(answer(question, ANSWER, 0, 16, "abc"), question.length + 14);
    assertFails("damaged");
    reply = question -> new byte[3];
    assertFails("not to the question");
    reply =
        question -> {
          byte[] other = answer(question, ANSWER, 0, 16, "x");
          other[0] ^= 1;
          return other;
        };
    assertFails("not to the question");
  }

  private void assertFails(String words) {
    IOException e = assertThrows(IOException.class, () -> find("s.example.org"));
    assertTrue(e.getMessage().contains(words), e::getMessage);
  }

  @Test
  void namesThatCanNotBeShouldNotBeAskedFor() {
    for (String name : List.of("", "a..b", "x".repeat(64) + ".org", "a.".repeat(130) + "b")) {
      assertThrows(IOException.class, () -> find(name), name);
    }
  }
}
