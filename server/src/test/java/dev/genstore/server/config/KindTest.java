package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.Algorithm;
import dev.genstore.auth.Issuer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which texts each kind of value has. */
class KindTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "25s, PT25S",
        "10m, PT10M",
        "2h, PT2H",
        "7d, PT168H",
        "7D, PT168H",
        "0s, PT0S",
        "999999999d, PT23999999976H",
        "PT25S, PT25S",
        "pt1m30s, PT1M30S",
        "P7D, PT168H",
        "PT0.25S, PT0.25S"
    })
    void a_duration_is_a_number_with_a_unit_or_iso_8601(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "25",
                "s",
                "-1s",
                "1.5s",
                "25 s",
                "1h30m",
                "25sec",
                "1w",
                "P",
                "PT",
                "1000000000d",
                "P99999999999999999999D",
                "\u0661s"
            })
    void other_texts_are_no_durations(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65536, 65536", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648"})
    void a_size_is_a_number_of_bytes_or_of_a_binary_unit(String text, long bytes) {
        assertThat(ByteSizes.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "KiB", "1MB", "1mib", "1 MiB", "-1", "1.5MiB", "1000000000", "1TiB"})
    void other_texts_are_no_sizes(String text) {
        assertThat(ByteSizes.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1s, true", "PT1M, true", "999ms, false", "60001ms, false", "PT-5S, false"})
    void a_range_has_its_bounds(String text, boolean isAllowed) {
        assertThat(read(Kind.duration("1s", "1m"), text).isPresent()).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "+1", "1e3", "1_000", "65536", "9999999999999999999"})
    void a_number_is_decimal_digits_in_a_range(String text) {
        assertThat(read(Kind.number("0", "65535"), text)).isEmpty();
        assertThat(read(Kind.number("0", "65535"), "65535").orElseThrow()).isEqualTo(65535L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "0.0.0.0", "::1", "fe80::1%eth0", "my_host.example"})
    void a_host_is_a_name_or_an_address(String text) {
        assertThat(read(Kind.host(), text).orElseThrow()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "http://a", "[::1]", "a/24"})
    void other_texts_are_no_hosts(String text) {
        assertThat(read(Kind.host(), text)).isEmpty();
    }

    @Test
    void a_path_is_what_the_system_takes_for_one() {
        assertThat(read(Kind.path(), "a b/c").orElseThrow()).isEqualTo(Path.of("a b/c"));
        assertThat(read(Kind.path(), "")).isEmpty();
        assertThat(read(Kind.path(), "a\0b")).isEmpty();
    }

    @Test
    void a_word_is_taken_in_either_case() {
        assertThat(read(Kind.oneOf(LogLevel.values()), "WARN").orElseThrow())
                .isEqualTo(LogLevel.WARN);
        assertThat(read(Kind.oneOf(LogLevel.values()), "warning")).isEmpty();
    }

    @Test
    void origins_are_separated_by_commas() {
        assertThat(words(Kind.origins(), "")).isEmpty();
        assertThat(words(Kind.origins(), "https://App.example, http://[::1]:5173,app://localhost"))
                .containsExactlyInAnyOrder(
                        "https://app.example", "http://[::1]:5173", "app://localhost");
    }

    /** Browsers leave it out. */
    @Test
    void an_origin_has_no_port_that_its_scheme_means_anyway() {
        assertThat(words(Kind.origins(), "https://a.example:443,http://a.example:80,http://b:443"))
                .containsExactlyInAnyOrder("https://a.example", "http://a.example", "http://b:443");
    }

    @Test
    void hosts_are_names_and_proxies_are_addresses() {
        assertThat(words(Kind.hosts(), "Store.example, my_store"))
                .containsExactlyInAnyOrder("store.example", "my_store");
        assertThat(read(Kind.addresses(), "127.0.0.1, fd00::/8").isPresent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a:80", "http://a", ".a", "a,,b", "[::1]", "a b", "a/"})
    void other_texts_are_no_host_names(String text) {
        assertThat(read(Kind.hosts(), text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10/8", "127.0.0.1,", "[::1]", "*"})
    void other_texts_are_no_addresses(String text) {
        assertThat(read(Kind.addresses(), text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://a.example:65536",
                "https://a.example:0443",
                "https://b\u00fccher.example",
                "app.example",
                "https://",
                "https://a.example/",
                "https://a.example:",
                "https://a@b",
                "https://a.example,",
                "https://a.example https://b.example"
            })
    void other_texts_are_no_origins(String text) {
        assertThat(read(Kind.origins(), text)).isEmpty();
    }

    @Test
    void an_issuer_may_say_that_its_access_tokens_say_what_they_are() {
        Issuers parsed = Issuers.parse(
                        "a https://a/keys api RS256 at+jwt,b https://b/keys api RS256")
                .orElseThrow();
        assertThat(parsed.all()).extracting(Issuer::saysType).containsExactly(true, false);
    }

    @Test
    void issuers_are_four_words_each() {
        var one = new Issuer(
                "https://a.example",
                URI.create("https://a.example/keys"),
                Set.of("api"),
                Set.of(Algorithm.RS256, Algorithm.EDDSA));
        var other = new Issuer(
                "b", URI.create("http://127.0.0.1:1/keys"), Set.of("api"), Set.of(Algorithm.ES256));
        assertThat(Issuers.parse("")).contains(new Issuers(List.of()));
        assertThat(Issuers.parse("https://a.example  https://a.example/keys api RS256+EdDSA,"
                        + " b http://127.0.0.1:1/keys api ES256"))
                .contains(new Issuers(List.of(one, other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a https://a/keys api",
                "a https://a/keys api RS256 more",
                "a https://a/keys api HS256",
                "a https://a/keys api none",
                "a https://a/keys api RS256+",
                "a http://a/keys api RS256",
                "a keys api RS256",
                "a https://a/keys api RS256,",
                "a https://a/keys api RS256,a https://a/keys api RS256"
            })
    void other_texts_are_no_issuers(String text) {
        assertThat(Issuers.parse(text)).isEmpty();
    }

    private static List<String> words(Kind kind, String text) {
        Words<?> words = (Words<?>) read(kind, text).orElseThrow();
        return words.all().stream().map(String::valueOf).toList();
    }

    private static Optional<?> read(Kind kind, String text) {
        return kind.form().apply(text);
    }
}
