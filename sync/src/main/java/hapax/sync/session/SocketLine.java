package hapax.sync.session;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/**
 * A line over TCP with TLS 1.3, on which each side has shown a certificate that the other trusts.
 */
public final class SocketLine implements Line {
  private static final int CONNECT_MILLIS = 30_000;
  private static final int SILENCE_MILLIS = 600_000;

  private final Socket socket;
  private final SSLSocket secured;
  private final InputStream in;
  private final OutputStream out;

  private SocketLine(Socket socket, SSLSocket secured, String peer) throws IOException {
    this.socket = socket;
    this.secured = secured;
    this.in = new Refusable(secured.getInputStream(), peer);
    this.out = secured.getOutputStream();
  }

  /** Connects to a service. */
  public static SocketLine connect(InetSocketAddress address, SSLContext tls) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_MILLIS);
      return secure(socket, tls, true);
    } catch (IOException failed) {
      socket.close();
      throw new IOException(address + ": " + failed.getMessage(), failed);
    }
  }

  /** Secures a connection that came in; closes it if the caller is not trusted. */
  public static SocketLine accept(Socket socket, SSLContext tls) throws IOException {
    try {
      return secure(socket, tls, false);
    } catch (IOException failed) {
      socket.close();
      throw new IOException(socket.getRemoteSocketAddress() + ": " + failed.getMessage(), failed);
    }
  }

  private static SocketLine secure(Socket socket, SSLContext tls, boolean caller)
      throws IOException {
    socket.setSoTimeout(CONNECT_MILLIS);
    socket.setTcpNoDelay(true);
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secured.setUseClientMode(caller);
    secured.setEnabledProtocols(new String[] {"TLSv1.3"});
    if (!caller) {
      secured.setNeedClientAuth(true);
    }
    try {
      secured.startHandshake();
    } catch (SSLException refused) {
      throw new IOException("the two do not trust each other: " + refused.getMessage(), refused);
    }
    socket.setSoTimeout(SILENCE_MILLIS);
    InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
    return new SocketLine(socket, secured, peer.getHostString() + ":" + peer.getPort());
  }

  /**
   * What comes from a peer. In TLS 1.3 the caller is through with the handshake before it hears
   * that its certificate is not trusted: that comes when it first reads (RFC 8446, 4.4.2.4).
   */
  private static final class Refusable extends FilterInputStream {
    private final String peer;

    Refusable(InputStream in, String peer) {
      super(in);
      this.peer = peer;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (SSLHandshakeException refused) {
        throw explained(refused);
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return super.read(to, offset, length);
      } catch (SSLHandshakeException refused) {
        throw explained(refused);
      }
    }

    private IOException explained(SSLHandshakeException refused) {
      return new IOException(
          peer
              + " does not trust our certificate ("
              + refused.getMessage()
              + "); it must be among those that are trusted there",
          refused);
    }
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void tear() {
    try {
      socket.close();
    } catch (IOException torn) {
      // It was to be torn.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    secured.close();
  }
}
