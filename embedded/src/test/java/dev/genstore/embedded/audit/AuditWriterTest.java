package dev.genstore.embedded.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nobody waits for the disk, and what it did not take is said. */
class AuditWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Disk disk = new Disk();
    private final AuditWriter writer = new AuditWriter(
            disk, lost -> ("lost " + lost + "\n").getBytes(StandardCharsets.US_ASCII));

    /** Takes lines, or does not. */
    private static final class Disk implements LineFile {
        private final List<String> lines = new ArrayList<>();
        private boolean isFull;
        private boolean isBroken;
        private boolean isUnforced;
        private int refusals;

        @Override
        public synchronized void append(byte[] bytes) throws IOException {
            if (isBroken) {
                refusals++;
                throw new IllegalStateException("a bug");
            }
            if (isFull) {
                refusals++;
                throw new IOException("No space left on device");
            }
            new String(bytes, StandardCharsets.US_ASCII).lines().forEach(lines::add);
        }

        synchronized void fill() {
            isFull = true;
        }

        synchronized void free() {
            isFull = false;
        }

        synchronized void breakDown(boolean isSo) {
            isBroken = isSo;
        }

        synchronized void refuseForce(boolean isSo) {
            isUnforced = isSo;
        }

        synchronized boolean hasRefused() {
            return refusals > 0;
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public synchronized void force() throws IOException {
            if (isUnforced) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void tidy() {}

        @Override
        public void close() {}
    }

    @AfterEach
    void stop() {
        writer.stop();
    }

    private void add(String text) {
        writer.add((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void what_waits_is_written_before_it_ends() {
        writer.start();
        for (int i = 0; i < 1000; i++) {
            add("line " + i);
        }
        writer.stop();
        assertThat(disk.lines()).hasSize(1000).endsWith("line 999");
        assertThat(writer.written()).isEqualTo(1000);
    }

    @Test
    void while_the_disk_is_full_lines_wait_and_none_is_lost_or_doubled() {
        disk.fill();
        writer.start();
        add("1");
        await().atMost(PATIENCE).until(disk::hasRefused);
        add("2");
        disk.free();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(disk.lines()).containsExactly("1", "2"));
        assertThat(writer.lost()).isZero();
    }

    @Test
    void when_too_many_wait_the_next_are_lost_and_the_file_says_how_many() {
        disk.fill();
        writer.start();
        String long64k = "x".repeat(64 << 10);
        for (int i = 0; i < 200; i++) {
            add(long64k);
        }
        long lost = writer.lost();
        assertThat(lost).isBetween(72L, 75L); // of 200 times 64 KiB, 8 MiB wait
        disk.free();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(disk.lines()).hasSize((int) (200 - lost) + 1));
        assertThat(disk.lines()).contains("lost " + lost);
        add("behind");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(disk.lines()).endsWith("behind"));
    }

    @Test
    void one_that_ends_while_the_disk_is_full_does_not_wait_for_it() {
        disk.fill();
        writer.start();
        add("1");
        await().atMost(PATIENCE).until(disk::hasRefused);
        writer.stop();
        assertThat(writer.lost()).isEqualTo(1);
        assertThat(disk.lines()).isEmpty();
    }

    @Test
    void as_long_as_the_disk_is_full_it_says_that_it_fails() {
        disk.fill();
        writer.start();
        assertThat(writer.isFailing()).isFalse();
        add("1");
        await().atMost(PATIENCE).until(writer::isFailing);
        disk.free();
        await().atMost(PATIENCE).until(() -> !writer.isFailing());
        assertThat(disk.lines()).containsExactly("1");
    }

    @Test
    void what_nobody_expected_costs_its_lines_and_not_those_behind() {
        disk.breakDown(true);
        writer.start();
        add("1");
        await().atMost(PATIENCE).until(writer::isFailing);
        assertThat(writer.lost()).isEqualTo(1);
        disk.breakDown(false);
        add("2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(disk.lines()).containsExactly("lost 1", "2"));
        await().atMost(PATIENCE).until(() -> !writer.isFailing());
    }

    @Test
    void a_disk_that_makes_nothing_durable_is_a_failing_one_until_it_does() {
        disk.refuseForce(true);
        writer.start();
        add("1");
        await().atMost(PATIENCE).until(writer::isFailing);
        disk.refuseForce(false);
        await().atMost(PATIENCE).until(() -> !writer.isFailing());
        assertThat(disk.lines()).containsExactly("1");
        assertThat(writer.lost()).isZero();
    }
}
