package dev.genstore.wire.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Headers;
import dev.genstore.testkit.Table;
import dev.genstore.wire.http.Scheme;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class TrustedProxiesTest {
    private static final Set<AddressRange> RANGES = Stream.of("127.0.0.1", "10.0.0.0/8", "fd00::/8")
            .map(text -> AddressRange.parse(text).orElseThrow())
            .collect(Collectors.toSet());
    private static final Map<String, String> FIELDS = Map.of(
            "for", "X-Forwarded-For", "proto", "X-Forwarded-Proto", "forwarded", "Forwarded");

    @ParameterizedTest
    @MethodSource("hops")
    void the_client_is_who_the_table_says(Table.Row row) {
        Telling telling = row.input().startsWith("x") ? Telling.X_FORWARDED : Telling.FORWARDED;
        var proxies = new TrustedProxies(RANGES, telling);
        assertThat(told(proxies, "127.0.0.1", headers(row.input().substring(1))))
                .isEqualTo(row.outcome());
    }

    static List<Table.Row> hops() {
        return Table.rows(TrustedProxiesTest.class, "hops.txt");
    }

    @ParameterizedTest
    @EnumSource
    void what_others_say_is_ignored_whatever_it_is(Telling telling) {
        Headers headers = headers("for 192.0.2.7 ~ proto https ~ forwarded for=\"");
        var proxies = new TrustedProxies(RANGES, telling);
        assertThat(told(proxies, "11.0.0.1", headers)).isEqualTo("itself");
        assertThat(proxies.caller(ClientAddress.UNKNOWN, headers)).isNull();
        assertThat(told(TrustedProxies.NONE, "127.0.0.1", headers)).isEqualTo("itself");
    }

    @Test
    void who_speaks_first_says_nothing_in_requests() {
        var proxies = new TrustedProxies(RANGES, Telling.PROXY_PROTOCOL);
        assertThat(proxies.speakFirst()).isTrue();
        assertThat(proxies.speakInRequests()).isFalse();
        assertThat(told(proxies, "127.0.0.1", headers("for 192.0.2.7"))).isEqualTo("itself");
    }

    @Test
    void the_proxy_protocol_is_taken_from_somebody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustedProxies(Set.of(), Telling.PROXY_PROTOCOL));
    }

    private static String told(TrustedProxies proxies, String connected, Headers headers) {
        try {
            return text(proxies.caller(ClientAddress.parse(connected).orElseThrow(), headers));
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_HEADER);
            return "refused";
        }
    }

    private static String text(@Nullable Caller caller) {
        if (caller == null) {
            return "itself";
        }
        Scheme scheme = caller.scheme();
        return caller.address()
                + (scheme == null ? "" : " " + scheme.name().toLowerCase(Locale.ROOT));
    }

    private static Headers headers(String text) {
        Headers headers = Headers.NONE;
        for (String field : text.strip().split(" ~ ", -1)) {
            String[] parts = field.strip().split(" ", 2);
            if (!parts[0].isEmpty()) {
                String name = FIELDS.getOrDefault(parts[0], "");
                headers = headers.with(name, parts.length < 2 ? "" : parts[1].strip());
            }
        }
        return headers;
    }
}
