package dev.genstore.server.doctor;

import dev.genstore.server.config.Settings;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;
import dev.genstore.server.remote.RemoteFailure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Examines where a server would listen. Immutable. */
record PortDoctor(Settings settings) {
    /** Whether only this machine reaches what listens on this host. */
    static boolean isOwnMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException unknown) {
            return false;
        }
    }

    Finding port() {
        try {
            take();
            return Finding.good("Port", where() + " is free.");
        } catch (IOException | IllegalArgumentException failure) {
            return taken(failure);
        }
    }

    /** Whether something listens there, which may be the server that has the store. */
    boolean isTaken() {
        try {
            take();
            return false;
        } catch (IOException | IllegalArgumentException failure) {
            return true;
        }
    }

    String where() {
        return settings.host() + ":" + settings.port();
    }

    private void take() throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        }
    }

    /** Over TLS it is not asked, as its certificate may be good under another name only. */
    private Finding taken(Exception failure) {
        if (settings.entrance().tls() != null) {
            return Finding.fair(
                    "Port",
                    "Something listens on " + where()
                            + " already; whether it is this server can't be seen over TLS.");
        }
        return isGenstoreThere()
                ? Finding.good("Port", "A Genstore listens on " + where() + " already.")
                : Finding.bad(
                        "Port",
                        where() + " can't be had: " + failure.getMessage()
                                + ". Stop what has it, or choose another --port or --host.");
    }

    private boolean isGenstoreThere() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        var place = new Place("/healthz");
        try (var remote = new Remote(URI.create("http://" + host + ":" + settings.port()), null)) {
            return remote.send(Call.of("GET", place)).text().startsWith("ok");
        } catch (RemoteFailure | IllegalArgumentException other) {
            return false;
        }
    }
}
