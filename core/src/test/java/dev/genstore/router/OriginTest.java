package dev.genstore.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a page came from, and whether that is the host that it asks. */
class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example, a.example, true",
        "https://a.example, a.example:443, true",
        "https://a.example:443, a.example, true",
        "HTTPS://A.Example, a.example, true",
        "http://a.example, a.example:80, true",
        "http://a.example, a.example:443, false",
        "https://a.example, a.example:80, false",
        "http://[::1]:8080, [::1]:8080, true",
        "http://a.example, b.a.example, false",
        "http://a.example:8080, a.example, false",
        "foo://a.example, a.example, false",
        "http://me@a.example, a.example, false",
        "http://a.example/, a.example, false",
        "null, a.example, false"
    })
    void a_page_is_of_the_host_that_its_origin_names(String origin, String host, boolean isOf) {
        Headers headers = Headers.NONE.with("Origin", origin).with("Host", host);
        assertThat(Origin.of(headers).filter(each -> each.isOfHost(headers)).isPresent())
                .isEqualTo(isOf);
    }

    @Test
    void what_names_two_origins_or_two_hosts_is_of_none() {
        Headers one = Headers.NONE.with("Origin", "http://a").with("Host", "a");
        assertThat(Origin.of(one.with("Origin", "http://a"))).isEmpty();
        Headers twoHosts = one.with("Host", "a");
        assertThat(Origin.of(twoHosts).orElseThrow().isOfHost(twoHosts)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a:443", "http://a:80"})
    void a_port_that_the_scheme_means_anyway_is_noticed(String origin) {
        assertThat(Origin.of(Headers.NONE.with("Origin", origin)).orElseThrow().namesUsualPort())
                .isTrue();
    }
}
