package dev.genstore.wire.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.router.ClientAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,     10.0.0.0,           true",
        "10.0.0.0/8,     10.255.255.255,     true",
        "10.0.0.0/8,     9.255.255.255,      false",
        "10.0.0.0/8,     11.0.0.0,           false",
        "10.1.2.3/8,     10.9.9.9,           true",
        "10.0.0.0/9,     10.127.255.255,     true",
        "10.0.0.0/9,     10.128.0.0,         false",
        "192.0.2.7,      192.0.2.7,          true",
        "192.0.2.7,      192.0.2.6,          false",
        "192.0.2.7/32,   192.0.2.7,          true",
        "192.0.2.6/31,   192.0.2.7,          true",
        "0.0.0.0/0,      203.0.113.9,        true",
        "0.0.0.0/0,      ::1,                false",
        "::/0,           2001:db8::1,        true",
        "::/0,           127.0.0.1,          false",
        "::1,            ::1,                true",
        "::1,            ::2,                false",
        "fd00::/8,       fdff::1,            true",
        "fd00::/8,       fe00::1,            false",
        "2001:db8::/33,  2001:db8:7fff::,    true",
        "2001:db8::/33,  2001:db8:8000::,    false",
        "10.0.0.0/8,     ::ffff:10.1.2.3,    true",
        "::ffff:10.1.2.3, 10.1.2.3,          true",
    })
    void a_range_has_what_begins_like_it(String range, String address, boolean isIn) {
        AddressRange parsed = AddressRange.parse(range).orElseThrow();
        assertThat(parsed.contains(ClientAddress.parse(address).orElseThrow())).isEqualTo(isIn);
        assertThat(parsed.contains(ClientAddress.UNKNOWN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8",
                "10/8", "10.0.0/24", "::1/129", "[::1]", "localhost", "10.0.0.0/255.0.0.0", "*",
                "010.0.0.1", "10.0.0.1 ", "::ffff:10.1.2.3/96"
            })
    void what_is_no_range_is_none(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }
}
