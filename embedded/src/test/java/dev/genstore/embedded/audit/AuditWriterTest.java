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
        private int refusals;

        @Override
        public synchronized void append(byte[] bytes) throws IOException {
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

        synchronized boolean hasRefused() {
            return refusals > 0;
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public void force() {}

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
}
