package dev.genstore.server.doctor;

import dev.genstore.server.config.Settings;
import dev.genstore.wire.send.SenderChoice;
import dev.genstore.wire.send.SenderKind;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Examines what a server with these settings would meet on this machine. It changes nothing. Confined to one
 * use.
 */
public final class Doctor {
    private static final int JAVA = 25;
    private static final Instant BUILT_AFTER = Instant.parse("2026-01-01T00:00:00Z");

    private final Settings settings;
    private final InstantSource clock;

    public Doctor(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** All that it finds, a finding for each thing. */
    public List<Finding> examine() {
        var folder = new FolderDoctor(settings.data());
        var store = new StoreDoctor(settings.data());
        var port = new PortDoctor(settings);
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(folder.access());
        findings.add(store.store(port));
        findings.add(folder.space());
        settings.audit().ifPresent(audit -> findings.add(new AuditDoctor(audit.file()).audit()));
        findings.add(clock(folder));
        findings.add(files());
        findings.add(port.port());
        findings.add(new TlsDoctor(settings, clock).tls());
        findings.add(sender());
        findings.add(new DoorDoctor(settings, clock, store.wasLocked()).credentials());
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
}
