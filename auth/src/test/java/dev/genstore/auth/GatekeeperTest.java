package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.router.Principal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.JsonNodeFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private String begun() {
        Principal by = new Principal(
                "a", Principal.Kind.KEY, Set.of(), JsonNodeFactory.instance.objectNode(), null);
        return Objects.requireNonNull(gatekeeper.begin(by, true).principal().session());
    }

    /** Anybody may end his own, as often as he may write. */
    @Test
    void that_a_session_was_ended_is_told_of_that_one_alone() {
        List<String> ended = new ArrayList<>();
        gatekeeper.listenToEnds(ended::add);
        String session = begun();
        begun();
        gatekeeper.end(session);
        assertThat(ended).containsExactly(session);
        assertThat(told).as("all are looked through").hasValue(0);
    }

    @Test
    void where_the_end_of_a_session_can_not_be_told_all_are_looked_through()
            throws InterruptedException {
        fails = false;
        gatekeeper.lookBeforeTelling();
        gatekeeper.listenToEnds(_ -> {
            throw new IllegalStateException("as it is wanted");
        });
        var all = new CountDownLatch(1);
        gatekeeper.listen(all::countDown);
        gatekeeper.end(begun());
        gatekeeper.start();
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
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
