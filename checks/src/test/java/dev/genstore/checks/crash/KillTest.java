package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that is killed at random moments while many write and follow. The seed decides when, and
 * what is written; {@code -Dgenstore.seed=…} runs one again, as far as processes can be repeated.
 */
class KillTest {
    private static final int KILLS = 20;
    private static final int CHANGES_BETWEEN_MAX = 80;
    private static final long PAUSE_MICROS_MAX = 20_000;
    private static final long START_MICROS_MAX = 1_500_000;

    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    void no_kill_loses_an_acknowledged_write_or_tells_a_change_other_than_once_and_in_order()
            throws Exception {
        Launch launch = Launch.serve(folder);
        try (Ordeal ordeal = Ordeal.begin(launch, seed)) {
            for (int kill = 0; kill < KILLS; kill++) {
                ordeal.awaitChanges(1 + random.nextInt(CHANGES_BETWEEN_MAX));
                pause(PAUSE_MICROS_MAX);
                ordeal.kill();
                killWhileItStartsNowAndThen(launch);
                ordeal.start(launch);
                joinNowAndThen(ordeal);
            }
            assertThat(ordeal.complaints()).as("with -Dgenstore.seed=%d", seed).isEmpty();
        }
    }

    @Test
    void a_killed_server_leaves_no_temporary_files() {
        Launch launch = Launch.serve(folder);
        try (ServerProcess server = launch.start()) {
            server.kill();
            assertThat(launch.temporary()).isEmptyDirectory();
        }
    }

    private void killWhileItStartsNowAndThen(Launch launch) {
        if (random.nextInt(7) == 0) {
            ServerProcess process = launch.spawn();
            pause(START_MICROS_MAX);
            process.kill();
        }
    }

    private void joinNowAndThen(Ordeal ordeal) {
        if (random.nextInt(5) == 0) {
            Transport[] all = Transport.values();
            ordeal.joinFromTheStart(all[random.nextInt(all.length)]);
        }
    }

    /** Nothing is waited for here: the moment is to be a random one. */
    private void pause(long microsMax) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(microsMax)));
    }
}
