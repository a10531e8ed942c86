package hapax.sync.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
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

  private SocketLine(Socket socket, SSLSocket secured) throws IOException {
    this.socket = socket;
    this.secured = secured;
    this.in = secured.getInputStream();
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
    return new SocketLine(socket, secured);
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
