package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.HeldStorage;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.resource.Problem;
import dev.genstore.store.Precondition;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Future;

/** No event tells a change that a crash can undo. */
class DurableFirstTest {
    private final MemoryStorage memory = new MemoryDisk(new Random(1)).open();
    private final HeldStorage storage = new HeldStorage(memory);
    private PartsServer server;

    @BeforeEach
    void start() throws IOException {
        server = PartsServer.start(storage, new ManualClock());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_change_is_told_only_when_it_is_durable(FollowBy by) throws Exception {
        storage.hold();
        Future<Boolean> writing = Beside.start(() -> put("1"));
        storage.awaitCommit();
        try (Follower follower = by.follow(server.port(), "/api/notes", "0")) {
            assertThat(follower.synced().position()).endsWith("-0");
            assertThat(writing.isDone()).isFalse();
            storage.release();
            assertThat(follower.nextChange().revision()).isEqualTo(1);
        }
        assertThat(writing.get()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_change_that_did_not_become_durable_is_never_told(FollowBy by) {
        try (Follower follower = by.follow(server.port(), "/api/notes", "").synced()) {
            memory.faults().failNext(Step.COMMIT, Kind.UNAVAILABLE);
            assertThatThrownBy(() -> put("lost")).isInstanceOf(Problem.class);
            put("kept");
            var told = follower.nextChange();
            assertThat(told.subject()).isEqualTo("kept");
            assertThat(told.revision()).isEqualTo(1);
        }
    }

    /** Whether it was written. */
    private boolean put(String id) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return server.resources().put("notes", id, body, Precondition.NONE).revision() > 0;
    }
}
