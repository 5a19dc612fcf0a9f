package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.LogWatch;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.store.CommitMeter;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.rates.Refusal;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A revocation holds for what is told behind it, however busy those are who tell. */
class BusyLoopTest {
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    /** In the middle of telling, it keeps the loop until it is let go. */
    private static final class Keeping implements WireMeter {
        private final CountDownLatch isKept = new CountDownLatch(1);
        private final CountDownLatch goesOn = new CountDownLatch(1);
        private volatile boolean keeps;

        @Override
        public void delivered(int events) {
            if (keeps && events > 0) {
                isKept.countDown();
                await(goesOn);
            }
        }

        @Override
        public void connected() {}

        @Override
        public void switched(Transport from, Transport to) {}

        @Override
        public void disconnected(Transport transport, DisconnectCause cause) {}

        @Override
        public void refused(Refusal of) {}

        static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PAGES", mode = EnumSource.Mode.EXCLUDE)
    void what_happens_behind_a_revocation_is_not_told_by_a_loop_that_was_busy(FollowBy transport) {
        ApiKeys keys = ApiKeys.in(folder);
        ApiKeys.Made key = keys.create("it", Set.of("admin"), null);
        ApiKeys.Made other = keys.create("other", Set.of("admin"), null);
        var keeping = new Keeping();
        try (var log = new LogWatch("dev.genstore.wire");
                TestServer server = TestServer.start(
                        folder, builder -> builder.meters(CommitMeter.NONE, keeping));
                Follower follower = follow(transport, server, key).synced();
                Follower spared = follow(transport, server, other).synced()) {
            keeping.keeps = true;
            long first = server.store().resources().create("notes", NOTE).revision();
            keepUntilRevoked(keeping, keys, key, server);
            Ends.require(transport, follower, first);
            assertThat(spared.nextChange().type()).isEqualTo("created");
            assertThat(spared.nextChange().type()).isEqualTo("created");
            assertThat(log.messages()).allMatch(line -> line.contains("A loop is busy"));
        }
    }

    /** The second write waits for those who are kept no longer than a while. */
    private static void keepUntilRevoked(
            Keeping keeping, ApiKeys keys, ApiKeys.Made key, TestServer server) {
        Keeping.await(keeping.isKept);
        keys.revoke(key.key().id());
        server.store().resources().create("notes", NOTE);
        keeping.keeps = false;
        keeping.goesOn.countDown();
    }

    private static Follower follow(FollowBy transport, TestServer server, ApiKeys.Made by) {
        return transport.follow(server.port(), "/api/notes", Sent.asBearer(by.text()));
    }
}
