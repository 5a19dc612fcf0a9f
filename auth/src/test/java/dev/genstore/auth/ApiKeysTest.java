package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.router.Principal;
import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Keys are kept as hashes, and a server sees what becomes of them. */
class ApiKeysTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    @Test
    void a_key_lets_in_whom_it_was_made_for() {
        ApiKeys.Made made = keys().create("ci", Set.of("read", "write"), null);
        Principal principal = Objects.requireNonNull(ring().find(made.text()));
        assertThat(principal.id()).isEqualTo("key:" + made.key().id());
        assertThat(principal.kind()).isEqualTo(Principal.Kind.KEY);
        assertThat(principal.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(principal.claims().path("name").stringValue()).isEqualTo("ci");
        assertThat(principal.expires()).isNull();
    }

    @Test
    void the_folder_has_only_the_hash_and_only_for_its_owner() throws IOException {
        String text = keys().create("ci", Set.of(), null).text();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain(text.substring(9, 30));
            }
        }
        Path file = folder.resolve("keys.json");
        assertThat(file).content().contains(Hash.of(text));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** Otherwise who may make keys could have others vanish from the list. */
    @Test
    void of_ten_thousand_keys_those_make_room_that_are_no_good_and_over_the_network_only_later() {
        fill(10_000, Set.of());
        assertThatIllegalArgumentException().isThrownBy(() -> keys().create("one", Set.of(), null));
        keys().revoke("key7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys().createUntil("one", Set.of(), null))
                .withMessageContaining("as many API keys as there can be");
        clock.advance(Duration.ofDays(30));
        keys().createUntil("one", Set.of(), null);
        assertThat(keys().list()).hasSize(10_000).extracting(ApiKey::id).doesNotContain("key7");
        keys().revoke("key8");
        keys().create("two", Set.of(), null);
        assertThat(keys().list()).hasSize(10_000).extracting(ApiKey::id).doesNotContain("key8");
    }

    @Test
    void keys_are_not_so_many_that_their_file_could_not_be_read() {
        var long32 = new HashSet<String>();
        for (int i = 0; i < 32; i++) {
            long32.add("s".repeat(98) + i / 10 + i % 10);
        }
        fill(2_600, long32);
        assertThat(folder.resolve("keys.json").toFile().length())
                .isBetween((long) ApiKeys.BYTES_MAX, KeyFile.BYTES_MAX);
        assertThatIllegalArgumentException().isThrownBy(() -> keys().create("one", Set.of(), null));
    }

    @Test
    void a_key_has_32_scopes_and_no_33() {
        var scopes = new HashSet<String>();
        for (int i = 0; i < 33; i++) {
            scopes.add("s" + i);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> keys().create("one", scopes, null));
        scopes.remove("s1");
        assertThat(keys().create("one", scopes, null).key().scopes()).hasSize(32);
    }

    /** All at once, as each alone would be made durable. */
    private void fill(int count, Set<String> scopes) {
        var many = new ArrayList<ApiKey>();
        for (int i = 0; i < count; i++) {
            String hash = Hash.of("key" + i);
            many.add(new ApiKey("key" + i, "many", hash, scopes, clock.instant(), null, null));
        }
        new KeyFile(folder).change(keys -> many);
    }

    @Test
    void it_expires_when_it_was_said() {
        String text = keys().create("ci", Set.of(), Duration.ofDays(1)).text();
        KeyRing ring = ring();
        Principal principal = Objects.requireNonNull(ring.find(text));
        assertThat(principal.expires()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
        clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(ring.isGood(principal)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(ring.isGood(principal)).isFalse();
        assertThat(ring.find(text)).isNull();
    }

    @Test
    void a_revoked_key_opens_nothing_as_soon_as_the_ring_is_refreshed() {
        ApiKeys.Made made = keys().create("ci", Set.of(), null);
        KeyRing ring = ring();
        Principal principal = Objects.requireNonNull(ring.find(made.text()));
        assertThat(ring.refresh()).as("nothing has changed").isFalse();
        keys().revoke(made.key().id());
        assertThat(ring.refresh()).isTrue();
        assertThat(ring.find(made.text())).isNull();
        assertThat(ring.isGood(principal)).isFalse();
        assertThat(ring.isLocked()).as("the last key does not open the door").isTrue();
    }

    @Test
    void what_is_revoked_stays_listed_with_the_time() {
        ApiKeys.Made made = keys().create("ci", Set.of(), null);
        clock.advance(Duration.ofHours(1));
        assertThat(keys().revoke(made.key().id()).orElseThrow().revoked())
                .isEqualTo(clock.instant());
        clock.advance(Duration.ofHours(1));
        keys().revoke(made.key().id());
        assertThat(keys().list())
                .singleElement()
                .satisfies(key -> assertThat(key.revoked())
                        .isEqualTo(clock.instant().minus(Duration.ofHours(1))));
        assertThat(keys().revoke("nothing")).isEmpty();
    }

    @Test
    void a_file_that_was_deleted_shuts_out_and_one_that_is_damaged_changes_nothing()
            throws IOException {
        String text = keys().create("ci", Set.of(), null).text();
        KeyRing ring = ring();
        Path file = folder.resolve("keys.json");
        String content = Files.readString(file);
        Files.writeString(file, "{\"keys\":[{}]}");
        assertThat(ring.refresh()).isFalse();
        assertThat(ring.find(text)).isNotNull();
        Files.delete(file);
        assertThat(ring.refresh()).isTrue();
        assertThat(ring.find(text)).isNull();
        assertThat(ring.isLocked()).isTrue();
        Files.writeString(file, content);
        assertThat(ring.refresh()).isTrue();
        assertThat(ring.find(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\":7}",
                "{\"keys\":[{\"id\":\"a\"}]}",
                "{\"keys\":[{\"id\":\"a\",\"name\":\"a\",\"sha256\":\"a\",\"scopes\":[],\"created\":\"2026-01-01T00:00:00Z\"}]}",
                "not JSON"
            })
    void a_server_does_not_start_with_a_file_that_is_none(String content) throws IOException {
        Files.writeString(folder.resolve("keys.json"), content);
        assertThatThrownBy(this::ring)
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("is not a file of keys any more");
    }

    /** It is a hole, so it takes no room on the disk. */
    @Test
    void a_file_that_is_too_large_is_not_read() throws IOException {
        keys().create("ci", Set.of(), null);
        try (var file = new RandomAccessFile(folder.resolve("keys.json").toFile(), "rw")) {
            file.setLength(KeyFile.BYTES_MAX + 1);
        }
        assertThatThrownBy(this::ring)
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void without_a_file_the_door_is_open() {
        assertThat(ring().isLocked()).isFalse();
    }

    @Test
    void many_who_make_keys_at_once_lose_none() throws Exception {
        var making = new ArrayList<Callable<String>>();
        for (int i = 0; i < 20; i++) {
            making.add(() -> keys().create("ci", Set.of(), null).text());
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var made : threads.invokeAll(making)) {
                assertThat(ring().find(made.get())).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", "a\nb", "a\tb", "<b>"})
    void a_name_is_a_few_words(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> keys().create(name, Set.of(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "\"", "\u00e4"})
    void a_scope_is_a_word(String scope) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys().create("ci", Set.of(scope), null));
    }

    private ApiKeys keys() {
        return ApiKeys.in(folder, clock);
    }

    private KeyRing ring() {
        return new KeyRing(new KeyFile(folder), clock);
    }
}
