package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link Gatekeeper}: that a key was revoked is told to all who have to know. */
class GatekeeperTest {
    @TempDir
    Path folder;

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private boolean fails = true;
    private Gatekeeper gatekeeper;

    @BeforeEach
    void start() {
        ApiKeys keys = ApiKeys.in(folder);
        ApiKeys.Made made = keys.create("it", Set.of(), null);
        gatekeeper = Gatekeeper.of(folder, List.of(), InstantSource.system());
        gatekeeper.listen(this::failIfWanted);
        gatekeeper.listen(told::incrementAndGet);
        keys.revoke(made.key().id());
    }

    private void failIfWanted() {
        if (fails) {
            failures.incrementAndGet();
            throw new IllegalStateException("as it is wanted");
        }
    }

    @AfterEach
    void stop() {
        gatekeeper.close();
    }

    @Test
    void one_who_fails_to_hear_it_keeps_nobody_else_from_hearing_it() {
        gatekeeper.lookBeforeTelling();
        assertThat(failures).hasValue(1);
        assertThat(told).hasValue(1);
    }

    @Test
    void it_is_told_again_until_all_have_heard_it() {
        gatekeeper.lookBeforeTelling();
        gatekeeper.lookBeforeTelling();
        assertThat(failures).hasValue(2);
        fails = false;
        gatekeeper.lookBeforeTelling();
        assertThat(told).hasValue(3);
        gatekeeper.lookBeforeTelling();
        assertThat(told).as("there is no news").hasValue(3);
    }
}
