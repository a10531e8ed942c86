package hapax.tools;

import hapax.reconstruct.signature.TxtLookup;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** TXT records from DNS servers (RFC 1035), by UDP and, for what is too long for it, by TCP. */
final class DnsTexts implements TxtLookup {
  private static final Path SETTINGS = Path.of("/etc/resolv.conf");
  private static final int PORT = 53;

  /** Milliseconds that an answer may take; each server is asked as often as there are entries. */
  private static final int[] PATIENCE = {2_000, 4_000};

  private static final int LONGEST_DATAGRAM = 4_096;

  private final List<InetSocketAddress> servers;
  private final SecureRandom random = new SecureRandom();

  DnsTexts(List<InetSocketAddress> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * The servers that this machine uses.
   *
   * @throws IOException if it does not say which these are
   */
  static DnsTexts ofThisMachine() throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String line : Files.readAllLines(SETTINGS)) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].equals("nameserver") && words.length > 1) {
        servers.add(new InetSocketAddress(InetAddress.getByName(words[1]), PORT));
      }
    }
    if (servers.isEmpty()) {
      throw new IOException(SETTINGS + ": it names no DNS server");
    }
    return new DnsTexts(servers);
  }

  @Override
  public List<String> find(String name) throws IOException {
    DnsQuestion question = DnsQuestion.texts(name, random.nextInt(1 << 16));
    IOException last = new IOException("there is no DNS server to ask");
    for (int patience : PATIENCE) {
      for (InetSocketAddress server : servers) {
        try {
          return ask(server, question, patience);
        } catch (SocketTimeoutException silent) {
          last = new IOException("the DNS server " + server.getHostString() + " does not answer");
        } catch (IOException failed) {
          last = failed;
        }
      }
    }
    throw last;
  }

  private static List<String> ask(InetSocketAddress server, DnsQuestion question, int patience)
      throws IOException {
    DnsAnswer answer = question.read(byDatagram(server, question.bytes(), patience));
    return answer.isCut()
        ? question.read(byStream(server, question.bytes(), patience)).texts()
        : answer.texts();
  }

  private static byte[] byDatagram(InetSocketAddress server, byte[] question, int patience)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server); // takes no answers from others
      socket.setSoTimeout(patience);
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[LONGEST_DATAGRAM], LONGEST_DATAGRAM);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private static byte[] byStream(InetSocketAddress server, byte[] question, int patience)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, patience);
      socket.setSoTimeout(patience);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] framed = new byte[question.length + 2];
      framed[0] = (byte) (question.length >> 8);
      framed[1] = (byte) question.length;
      System.arraycopy(question, 0, framed, 2, question.length);
      out.write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return answer;
    } catch (EOFException cut) {
      throw new IOException("the DNS server " + server.getHostString() + " broke off", cut);
    }
  }
}
