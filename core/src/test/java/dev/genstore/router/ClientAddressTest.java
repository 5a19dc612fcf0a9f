package dev.genstore.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,             192.0.2.7",
        "0.0.0.0,               0.0.0.0",
        "255.255.255.255,       255.255.255.255",
        "::1,                   0:0:0:0:0:0:0:1",
        "2001:DB8::7,           2001:db8:0:0:0:0:0:7",
        "::ffff:192.0.2.7,      192.0.2.7",
        "::FFFF:c000:207,       192.0.2.7"
    })
    void an_address_is_read_and_written_in_one_form(String text, String written) {
        assertThat(ClientAddress.parse(text)).hasToString("Optional[" + written + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.07",
                "0x7f.0.0.1",
                "1",
                ":",
                "::1::",
                "[::1]",
                "fe80::1%eth0",
                "192.0.2.7:80",
                " 192.0.2.7",
                "1.2.3.4.5",
                "12345::"
            })
    void what_is_no_address_is_none(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }

    /** Some sockets have IPv4 in IPv6, and link-local addresses have the zone of a network card. */
    @Test
    void one_place_has_one_address() throws Exception {
        byte[] mapped = ClientAddressTest.mapped(192, 0, 2, 7);
        var inSix = new ClientAddress(Inet6Address.getByAddress(null, mapped, 0));
        assertThat(inSix).isEqualTo(ClientAddress.parse("192.0.2.7").orElseThrow());
        byte[] local = new byte[16];
        local[0] = (byte) 0xfe;
        local[1] = (byte) 0x80;
        assertThat(new ClientAddress(Inet6Address.getByAddress(null, local, 3)))
                .isEqualTo(new ClientAddress(Inet6Address.getByAddress(null, local, 4)));
    }

    @Test
    void where_there_is_no_address_it_is_unknown() {
        assertThat(ClientAddress.of(null)).isEqualTo(ClientAddress.UNKNOWN).hasToString("unknown");
        assertThat(ClientAddress.of(InetSocketAddress.createUnresolved("a", 1)))
                .isEqualTo(ClientAddress.UNKNOWN);
        assertThat(ClientAddress.of(UnixDomainSocketAddress.of("a")))
                .isEqualTo(ClientAddress.UNKNOWN);
    }

    private static byte[] mapped(int... last) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        for (int i = 0; i < last.length; i++) {
            bytes[12 + i] = (byte) last[i];
        }
        return bytes;
    }
}
