package dev.genstore.server.cli;

import dev.genstore.auth.ApiKey;
import dev.genstore.auth.ApiKeys;
import dev.genstore.auth.KeyFileException;
import dev.genstore.server.config.Settings;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;
import dev.genstore.server.remote.RemoteFailure;
import dev.genstore.wire.send.SenderChoice;
import dev.genstore.wire.send.SenderKind;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Examines what a server with these settings would meet on this machine. It changes nothing. Confined to one
 * use.
 */
final class Doctor {
    private static final int JAVA = 25;
    private static final Instant BUILT_AFTER = Instant.parse("2026-01-01T00:00:00Z");

    private final Settings settings;
    private final InstantSource clock;

    Doctor(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    List<Finding> examine() {
        var folder = new FolderDoctor(settings.data());
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good(
                "Genstore",
                Commands.version() + " on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + "."));
        findings.add(java());
        findings.add(folder.access());
        findings.add(folder.space());
        findings.add(clock(folder));
        findings.add(files());
        findings.add(port());
        findings.add(sender());
        findings.add(credentials());
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        String sentence = Runtime.version() + " of " + System.getProperty("java.vendor")
                + ", up to " + megabytes + " MiB of heap.";
        return version == JAVA
                ? Finding.good("Java", sentence)
                : Finding.fair("Java", sentence + " Genstore is tried with " + JAVA + ".");
    }

    private Finding clock(FolderDoctor folder) {
        Instant now = clock.instant();
        Instant written = folder.lastWritten();
        if (now.isBefore(BUILT_AFTER)) {
            return Finding.bad("Clock", "It says " + now + ", which is long ago; set it.");
        }
        return now.plusSeconds(5).isBefore(written)
                ? Finding.bad(
                        "Clock",
                        "It says " + now + ", but the store was written at " + written
                                + "; set it.")
                : Finding.good("Clock", "It says " + now + ".");
    }

    private Finding files() {
        long most = OpenFiles.most();
        long wanted = settings.connectionsMax() + 200L;
        if (most < 0) {
            return Finding.good("Open files", "This system does not say how many there may be.");
        }
        return most >= wanted
                ? Finding.good("Open files", "There may be " + most + ".")
                : Finding.fair(
                        "Open files",
                        "There may be " + most + ", and " + wanted
                                + " are wanted for " + settings.connectionsMax()
                                + " connections: ulimit -n " + wanted
                                + ", or a smaller --connections-max.");
    }

    private Finding port() {
        String where = settings.host() + ":" + settings.port();
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return Finding.good("Port", where + " is free.");
        } catch (IOException | IllegalArgumentException failure) {
            return taken(where, failure);
        }
    }

    /** Over TLS it is not asked, as its certificate may be good under another name only. */
    private Finding taken(String where, Exception failure) {
        if (settings.entrance().tls() != null) {
            return Finding.fair(
                    "Port",
                    "Something listens on " + where
                            + " already; whether it is this server can't be seen over TLS.");
        }
        return isGenstoreThere()
                ? Finding.good("Port", "A Genstore listens on " + where + " already.")
                : Finding.bad(
                        "Port",
                        where + " can't be had: " + failure.getMessage()
                                + ". Stop what has it, or choose another --port or --host.");
    }

    private boolean isGenstoreThere() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        var place = new Place("/healthz");
        try (var remote = new Remote(URI.create("http://" + host + ":" + settings.port()), null)) {
            return remote.send(Call.of("GET", place)).text().equals("ok\n");
        } catch (RemoteFailure | IllegalArgumentException other) {
            return false;
        }
    }

    private Finding sender() {
        try {
            SenderChoice choice = SenderChoice.choose(settings.sender().kind().orElse(null));
            String sentence =
                    "Frames are sent by " + choice.kind().label() + ": " + choice.reason() + ".";
            return choice.kind() == SenderKind.IO_URING || choice.kind() == SenderKind.SEND
                    ? Finding.good("Sender", sentence)
                    : Finding.fair("Sender", sentence);
        } catch (IOException failure) {
            return Finding.bad("Sender", failure.getMessage() + ". Use --sender auto.");
        }
    }

    private Finding credentials() {
        try {
            Instant now = clock.instant();
            List<ApiKey> keys = ApiKeys.in(settings.data(), clock).list();
            long good = keys.stream().filter(key -> key.isGoodAt(now)).count();
            int issuers = settings.issuers().size();
            String sentence = good + " API keys are good, " + issuers + " issuers are named.";
            if (!keys.isEmpty() || issuers > 0) {
                return good + issuers > 0
                        ? Finding.good("Credentials", sentence)
                        : Finding.fair(
                                "Credentials",
                                sentence + " Nobody is let in:"
                                        + " genstore key create --name root --scopes admin");
            }
            return open(sentence);
        } catch (KeyFileException failure) {
            return Finding.bad("Credentials", String.valueOf(failure.getMessage()));
        }
    }

    private Finding open(String sentence) {
        if (isLoopback()) {
            return Finding.good("Credentials", sentence + " Only this machine reaches it.");
        }
        return settings.isInsecure()
                ? Finding.fair("Credentials", sentence + " Everybody who reaches it may do all.")
                : Finding.bad(
                        "Credentials",
                        sentence + " It does not start on " + settings.host()
                                + " without: genstore key create --name root --scopes admin");
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(settings.host()).isLoopbackAddress();
        } catch (IOException unknown) {
            return false;
        }
    }
}
