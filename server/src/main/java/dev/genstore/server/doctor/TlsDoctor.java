package dev.genstore.server.doctor;

import dev.genstore.server.config.Settings;
import dev.genstore.wire.tls.TlsFiles;
import dev.genstore.wire.tls.Validity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Examines what connections would be secured with. Immutable. */
record TlsDoctor(Settings settings, InstantSource clock) {
    /** Who renews certificates by himself does it earlier. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final String SUBJECT = "TLS";

    Finding tls() {
        TlsFiles files = settings.entrance().tls();
        if (files == null) {
            return plain();
        }
        try {
            Validity validity = files.validity();
            return isForOthers(files.key())
                    ? Finding.bad(
                            SUBJECT,
                            "Everybody on this machine may read the key " + files.key()
                                    + ": chmod o-r " + files.key())
                    : dated(validity);
        } catch (IOException failure) {
            return Finding.bad(SUBJECT, String.valueOf(failure.getMessage()));
        }
    }

    private Finding plain() {
        return PortDoctor.isOwnMachine(settings.host())
                ? Finding.good(SUBJECT, "There is none: connections stay on this machine.")
                : Finding.fair(
                        SUBJECT,
                        "There is none: who is on the way can read and change what connections"
                                + " carry. Name a --tls-certificate, or let a proxy have one.");
    }

    private Finding dated(Validity validity) {
        Instant now = clock.instant();
        String name = "The certificate of " + validity.name() + " is ";
        if (now.isBefore(validity.from())) {
            return Finding.bad(
                    SUBJECT, name + "not good before " + validity.from() + "; is the clock right?");
        }
        if (now.isAfter(validity.until())) {
            return Finding.bad(SUBJECT, name + "over since " + validity.until() + "; renew it.");
        }
        return now.plus(SOON).isAfter(validity.until())
                ? Finding.fair(
                        SUBJECT, name + "good only until " + validity.until() + "; renew it.")
                : Finding.good(SUBJECT, name + "good until " + validity.until() + ".");
    }

    /** Other systems than those of POSIX have other means, which are not looked at. */
    private static boolean isForOthers(Path key) throws IOException {
        try {
            return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException other) {
            return false;
        }
    }
}
