package dev.genstore.checks.harness;

import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.tls.TlsFiles;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Whether servers and clients of this run speak TLS: the build runs many tests over it, too. With {@code
 * 2} as the property's value, what can be asked for by HTTP/2 is.
 */
public final class ForcedTls {
    private static final String PROPERTY = "genstore.checks.tls";

    private ForcedTls() {}

    public static boolean isOn() {
        return !System.getProperty(PROPERTY, "").isEmpty();
    }

    /** Whether requests and streams are asked for by HTTP/2. */
    static boolean isHttp2() {
        return System.getProperty(PROPERTY, "").equals("2");
    }

    private static final class Shared {
        private static final TlsFiles FILES = files();
        private static final SSLContext CONTEXT = TestIdentity.trusting(TestIdentity.shared());

        private static TlsFiles files() {
            Path folder = OwnFolder.make();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> OwnFolder.delete(folder)));
            TestIdentity.shared().write(folder);
            return new TlsFiles(folder.resolve("server.pem"), folder.resolve("server.key"));
        }
    }

    /** Where the certificate of {@link TestIdentity#shared} is. */
    public static TlsFiles files() {
        return Shared.FILES;
    }

    /** What the clients of this run trust. */
    public static SSLContext context() {
        return Shared.CONTEXT;
    }

    /** {@code http} or {@code https}, {@code ws} or {@code wss}. */
    static String scheme(String plain) {
        return isOn() ? plain + "s" : plain;
    }

    static WireSettings apply(WireSettings settings) {
        return isOn() ? settings.withEntrance(settings.entrance().withTls(files())) : settings;
    }

    static GenstoreBuilder apply(GenstoreBuilder builder) {
        return isOn() ? builder.tls(files().certificate(), files().key()) : builder;
    }

    /** The connection as the client has it. */
    public static Socket apply(Socket connected) throws IOException {
        return isOn() ? secure(connected) : connected;
    }

    /** TLS over this connection, when the handshake is done. */
    public static SSLSocket secure(Socket connected) throws IOException {
        String host = connected.getInetAddress().getHostAddress();
        var socket = (SSLSocket) context()
                .getSocketFactory()
                .createSocket(connected, host, connected.getPort(), true);
        socket.startHandshake();
        return socket;
    }
}
