package dev.genstore.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "Cookie", "Sec-WebSocket-Protocol"})
    void credentials_are_not_shown(String name) {
        Headers headers = Headers.NONE.with("Accept", "text/plain").with(name, "secret");
        assertThat(headers).hasToString("[Accept=text/plain, " + name + "=…]");
    }

    @Test
    void fields_of_a_name_are_taken_out_in_whatever_letters() {
        Headers headers = Headers.NONE.with("A", "1").with("B", "2").with("a", "3");
        assertThat(headers.without("a")).isEqualTo(Headers.NONE.with("B", "2"));
    }
}
