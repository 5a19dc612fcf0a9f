package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** What is done on all loops waits for the busy ones for no longer than for one. */
@Timeout(20)
class EveryLoopTest {
    private static final int COUNT = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<EventExecutor, Integer> loops = new LinkedHashMap<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void start() {
        for (int i = 0; i < COUNT; i++) {
            loops.put(new DefaultEventExecutor(), i);
        }
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        loops.keySet().forEach(loop -> loop.shutdownGracefully(0, 0, SECONDS));
    }

    private void keep() {
        try {
            goOn.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private void see(int which) {
        seen.add(which);
    }

    @Test
    void when_it_returns_it_is_done_on_each_that_is_not_busy() {
        new EveryLoop<>(loops, Duration.ofSeconds(20)).run(this::see);
        assertThat(seen).hasSize(COUNT);
    }

    @Test
    void many_busy_ones_are_waited_for_as_long_as_one() {
        loops.keySet().forEach(loop -> loop.execute(this::keep));
        long beganNanos = System.nanoTime();
        new EveryLoop<>(loops, PATIENCE).run(this::see);
        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
                .isGreaterThanOrEqualTo(PATIENCE)
                .isLessThan(PATIENCE.multipliedBy(COUNT / 2));
        assertThat(seen).isEmpty();
    }

    @Test
    void a_busy_one_does_it_later() {
        loops.keySet().iterator().next().execute(this::keep);
        new EveryLoop<>(loops, Duration.ofMillis(100)).run(this::see);
        assertThat(seen).doesNotContain(0);
        goOn.countDown();
        loops.keySet().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
        assertThat(seen).hasSize(COUNT);
    }
}
