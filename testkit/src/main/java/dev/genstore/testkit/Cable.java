package dev.genstore.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One connection through a {@link FaultyNetwork}. Each way has a thread that reads a piece, keeps it
 * as long as the weather says, and writes it. When one side ends, the other is told; when one side
 * breaks, both do.
 *
 * <p>Thread-safe.
 */
final class Cable {
    private final Socket client;
    private final Socket server = new Socket();
    private final Weather weather;
    private final Runnable cutAll;

    /**
     * A cable that is plugged in at the client.
     *
     * @param cutAll cuts the whole network
     */
    Cable(Socket client, Weather weather, Runnable cutAll) {
        this.client = client;
        this.weather = weather;
        this.cutAll = cutAll;
    }

    /** Connects it to the server and carries bytes until both sides have ended or it is cut. */
    void carry(InetSocketAddress to) {
        try {
            weather.hold(0);
            server.connect(to);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            carry();
        } catch (IOException unreachable) {
            cut();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            close(client);
            close(server);
        }
    }

    private void carry() throws InterruptedException {
        Thread upstream =
                Thread.ofVirtual().start(() -> copy(client, server, Weather.Direction.TO_SERVER));
        copy(server, client, Weather.Direction.TO_CLIENT);
        upstream.join();
    }

    /** Resets both sides. */
    void cut() {
        reset(client);
        reset(server);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // Then closing once more does nothing.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            // The descriptor is gone all the same.
        }
    }

    private void copy(Socket from, Socket to, Weather.Direction direction) {
        try {
            while (pass(from, to, direction)) {}
        } catch (IOException broken) {
            cut();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes the next piece or the end; whether there may be more. */
    private boolean pass(Socket from, Socket to, Weather.Direction direction)
            throws IOException, InterruptedException {
        byte[] piece = new byte[weather.pieceBytes()];
        int count = from.getInputStream().read(piece);
        weather.hold(Math.max(count, 0));
        if (count < 0) {
            to.shutdownOutput();
            return false;
        }
        int admitted = weather.admit(count, direction);
        to.getOutputStream().write(piece, 0, admitted);
        if (admitted < count) {
            cutAll.run();
        }
        return admitted == count;
    }
}
