package dev.genstore.embedded.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A file of whole lines that never grows beyond its bounds. */
class AuditFileTest {
    private static final long MIB = 1 << 20;

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void choose() {
        path = folder.resolve("logs/audit.jsonl");
    }

    private AuditFile open() throws IOException {
        var settings = new AuditSettings(path, 16 * MIB, Duration.ofDays(3), false);
        var file = new AuditFile(settings, clock);
        file.open();
        return file;
    }

    private byte[] line(int bytes) {
        String start = "{\"time\":\"" + clock.instant() + "\",\"x\":\"";
        String text = start + "x".repeat(bytes - start.length() - 3) + "\"}\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_line_goes_behind_the_last_also_when_it_is_opened_again() throws IOException {
        for (int i = 1; i <= 2; i++) {
            try (AuditFile file = open()) {
                file.append(line(100));
                assertThat(Files.size(path)).isEqualTo(100L * i);
            }
        }
    }

    @Test
    void what_is_left_of_a_line_is_cut_off() throws IOException {
        try (AuditFile file = open()) {
            file.append(line(100));
        }
        Files.writeString(path, "{\"time\":\"2026-01-0", StandardOpenOption.APPEND);
        try (AuditFile file = open()) {
            assertThat(file.lastTime()).isEqualTo(clock.instant());
            file.append(line(50));
        }
        assertThat(Files.readString(path).lines().map(String::length)).containsExactly(99, 49);
    }

    @Test
    void what_is_left_of_a_very_long_line_is_cut_off() throws IOException {
        try (AuditFile file = open()) {
            file.append(line(100));
            file.append(line(30_000));
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(25_000);
        }
        open().close();
        assertThat(Files.size(path)).isEqualTo(100);
    }

    @Test
    void a_full_file_is_renamed_and_another_one_begun() throws IOException {
        try (AuditFile file = open()) {
            file.append(line((int) MIB));
            file.append(line(100));
            assertThat(names()).containsExactly("audit.jsonl", "audit.jsonl.20260101T000000000Z");
            assertThat(Files.size(path)).isEqualTo(100);
        }
    }

    @Test
    void two_that_end_in_the_same_moment_have_different_names() throws IOException {
        try (AuditFile file = open()) {
            for (int i = 0; i < 3; i++) {
                file.append(line((int) MIB));
            }
            assertThat(names()).hasSize(3);
        }
    }

    @Test
    void a_file_of_yesterday_is_renamed_also_if_it_was_begun_by_another_process()
            throws IOException {
        try (AuditFile file = open()) {
            file.append(line(100));
        }
        clock.advance(Duration.ofHours(25));
        try (AuditFile file = open()) {
            file.append(line(100));
            assertThat(names()).containsExactly("audit.jsonl", "audit.jsonl.20260102T010000000Z");
        }
    }

    @Test
    void all_together_are_never_larger_than_allowed_and_the_oldest_goes() throws IOException {
        try (AuditFile file = open()) {
            for (int i = 0; i < 100; i++) {
                clock.advance(Duration.ofMinutes(1));
                file.append(line((int) MIB / 3));
                assertThat(bytes()).isLessThanOrEqualTo(16 * MIB);
            }
            assertThat(bytes()).isGreaterThan(14 * MIB);
            assertThat(names()).doesNotContain("audit.jsonl.20260101T000400000Z");
        }
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void what_is_too_old_goes_and_what_is_not_its_own_stays() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path.resolveSibling("audit.jsonl.20200101T000000000Z.gz"), "x");
        Files.writeString(path.resolveSibling("audit.jsonl.20200101T000000000Z"), "x");
        try (AuditFile file = open()) {
            file.append(line((int) MIB));
            file.append(line(100));
            clock.advance(Duration.ofDays(4));
            file.tidy();
            assertThat(names())
                    .containsExactly("audit.jsonl", "audit.jsonl.20200101T000000000Z.gz");
        }
    }

    @Test
    void one_process_has_it_for_itself() throws IOException {
        try (AuditFile file = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process writes into");
            file.append(line(100));
        }
        open().close();
    }

    @Test
    void of_a_file_that_is_not_one_of_these_no_time_is_known() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "something\nelse\n");
        try (AuditFile file = open()) {
            assertThat(file.lastTime()).isNull();
        }
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        try (AuditFile file = open()) {
            file.append(line(64));
        }
        try (AuditFile file = open()) {
            assertThat(file.lastTime()).isEqualTo(time);
        }
    }
}
