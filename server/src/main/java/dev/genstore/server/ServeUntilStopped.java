package dev.genstore.server;

import dev.genstore.auth.KeyFileException;
import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.OpenDoorException;
import dev.genstore.server.cli.ExitCode;
import dev.genstore.server.cli.Serving;
import dev.genstore.server.cli.StartFailure;
import dev.genstore.server.config.Settings;
import dev.genstore.server.config.UsageError;
import dev.genstore.store.StorageException;
import dev.genstore.wire.send.SenderChoice;
import dev.genstore.wire.send.SenderKind;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** {@code genstore serve}: serves until the process is told to end. */
final class ServeUntilStopped implements Serving {
    private final PrintWriter out;

    ServeUntilStopped(PrintWriter out) {
        this.out = out;
    }

    @Override
    public int serve(Settings settings) {
        Genstore store = start(settings);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            store.close();
                            stopped.countDown();
                        },
                        "genstore-stop"));
        out.println(greeting(store, settings));
        out.flush();
        return awaitEnd(stopped);
    }

    static Genstore start(Settings settings) {
        try {
            return Server.start(settings);
        } catch (OpenDoorException open) {
            throw new UsageError("Everybody who can connect to " + settings.host()
                    + " could read and write everything, as there are no credentials yet. Make an API"
                    + " key first: genstore key create --name root --scopes admin --data "
                    + settings.data()
                    + ". Or name an issuer with --issuers, listen on 127.0.0.1, or"
                    + " let it be so with --insecure.");
        } catch (StorageException | KeyFileException | IOException failure) {
            throw new StartFailure(String.valueOf(failure.getMessage()), failure);
        }
    }

    static String greeting(Genstore store, Settings settings) {
        InetSocketAddress address = store.address();
        String host =
                address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
        String scheme = settings.entrance().tls() != null ? "https" : "http";
        String url = scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + address.getPort();
        return "Genstore listens on " + url + ", data in " + settings.data() + ", sends by "
                + sending(store.sender()) + "; try: curl -N -H 'Accept: text/event-stream' " + url
                + "/api/notes";
    }

    /** Why it is not the best way, where it is not. */
    private static String sending(SenderChoice sender) {
        String label = sender.kind().label();
        return sender.kind() == SenderKind.IO_URING ? label : label + " (" + sender.reason() + ")";
    }

    private static int awaitEnd(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
