package dev.genstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Ids that the server makes are UUIDs of version 7 (RFC 9562, 5.7). */
class UuidV7Test {
    private static final String FORM =
            "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private final ManualClock clock = new ManualClock();
    private final UuidV7 ids = new UuidV7(clock, new Random(1));

    @Test
    void it_has_the_version_the_variant_and_the_time() {
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(i));
            UUID id = UUID.fromString(ids.get());
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
        }
    }

    @Test
    void one_that_was_made_later_stands_behind() {
        String first = ids.get();
        clock.advance(Duration.ofMillis(1));
        assertThat(ids.get()).isGreaterThan(first);
    }

    @Test
    void no_two_are_the_same_in_one_millisecond() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(made.add(ids.get())).isTrue();
        }
    }

    @Test
    void a_resource_without_an_id_is_given_one(@TempDir Path folder) throws IOException {
        try (Genstore store = Genstore.builder().data(folder).port(0).start()) {
            byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
            assertThat(store.resources().create("notes", json).id()).matches(FORM);
        }
    }
}
