package dev.genstore.server.doctor;

import dev.genstore.auth.ApiKey;
import dev.genstore.auth.ApiKeys;
import dev.genstore.auth.KeyFileException;
import dev.genstore.server.config.Settings;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Examines whom a server would let in. Immutable.
 *
 * @param wasLocked whether the store has ever asked for credentials: then it does so without any, too
 */
record DoorDoctor(Settings settings, InstantSource clock, boolean wasLocked) {
    private static final String SUBJECT = "Credentials";

    Finding credentials() {
        try {
            Instant now = clock.instant();
            List<ApiKey> keys = ApiKeys.in(settings.data(), clock).list();
            long good = keys.stream().filter(key -> key.isGoodAt(now)).count();
            int issuers = settings.issuers().size();
            String sentence = good + " API keys are good, " + issuers + " issuers are named.";
            if (good + issuers > 0) {
                return Finding.good(SUBJECT, sentence);
            }
            return keys.isEmpty() ? without(sentence) : Finding.bad(SUBJECT, sentence + nobody());
        } catch (KeyFileException failure) {
            return Finding.bad(SUBJECT, String.valueOf(failure.getMessage()));
        }
    }

    private Finding without(String sentence) {
        if (wasLocked && !settings.isInsecure()) {
            return Finding.bad(
                    SUBJECT,
                    sentence + nobody() + " This store asked for credentials before: put keys.json"
                            + " back into its folder, or name the issuers again.");
        }
        if (PortDoctor.isOwnMachine(settings.host())) {
            return Finding.good(SUBJECT, sentence + " Only this machine reaches it.");
        }
        return settings.isInsecure()
                ? Finding.fair(SUBJECT, sentence + " Everybody who reaches it may do all.")
                : Finding.bad(
                        SUBJECT,
                        sentence + " It does not start on " + settings.host()
                                + " without: genstore key create --name root --scopes admin");
    }

    private String nobody() {
        return " Nobody is let in: genstore key create --name root --scopes admin --data "
                + settings.data() + ".";
    }
}
