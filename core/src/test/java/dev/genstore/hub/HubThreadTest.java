package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class HubThreadTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);

    @Test
    void no_failure_ends_it_and_what_failed_is_told_later() throws InterruptedException {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var thread = new HubThread(rig.hub, rig.changelog, Thread.ofPlatform().factory());
        var failures = new AtomicInteger(1);
        var told = new CountDownLatch(1);
        rig.hub.subscribe(
                NOTES,
                event -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new LinkageError("planned");
                    }
                    told.countDown();
                    return event.json();
                },
                () -> {});
        thread.start();
        rig.put("notes", "1");
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.stop(Duration.ofSeconds(20))).isTrue();
    }
}
