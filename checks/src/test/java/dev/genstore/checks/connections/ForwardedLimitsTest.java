package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.wire.proxy.AddressRange;
import dev.genstore.wire.proxy.Telling;
import dev.genstore.wire.proxy.TrustedProxies;
import dev.genstore.wire.rates.ClientLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Behind a proxy on the own machine that is trusted, limits are those of its clients. */
class ForwardedLimitsTest {
    /** One write of so much, and then none for ten seconds. */
    private static final ClientLimits ONE_WRITE = new ClientLimits(0, 0, 0, 1, false);

    private static final String BODY = "{\"text\":\"" + "x".repeat(9 << 10) + "\"}";

    @TempDir
    private Path folder;

    private CountedServer start() {
        var proxies = new TrustedProxies(
                Set.of(AddressRange.parse("127.0.0.1").orElseThrow()), Telling.X_FORWARDED);
        return CountedServer.start(
                folder,
                Settings.defaults()
                        .clients(ONE_WRITE)
                        .entrance(TestServer.ENTRANCE.withProxies(proxies)));
    }

    private static String writing(String... fields) {
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 2, fields.length);
        all[0] = "Content-Type: application/json";
        all[1] = "Content-Length: " + BODY.length();
        return Asking.head("POST /api/notes HTTP/1.1", all) + BODY;
    }

    private static String from(String address) {
        return "X-Forwarded-For: " + address;
    }

    @Test
    void on_one_connection_of_a_proxy_each_client_counts_for_himself() {
        try (var server = start();
                RawConnection proxy = server.connect()) {
            assertThat(proxy.send(writing(from("192.0.2.7"))).answer().status()).isEqualTo(201);
            assertThat(proxy.send(writing(from("192.0.2.7"))).answer().status()).isEqualTo(429);
            assertThat(proxy.send(writing(from("192.0.2.8"))).answer().status()).isEqualTo(201);
            Answer again = proxy.send(writing(from("192.0.2.7"))).answer();
            assertThat(again.status()).isEqualTo(429);
            assertThat(again.body()).contains("This address has used up its writes");
        }
    }

    @Test
    void the_proxy_itself_is_on_the_own_machine() {
        try (var server = start();
                RawConnection proxy = server.connect()) {
            assertThat(proxy.send(writing()).answer().status()).isEqualTo(201);
            Answer second = proxy.send(writing()).answer();
            assertThat(second.status()).isEqualTo(201);
            assertThat(second.header("RateLimit")).isEmpty();
        }
    }

    @Test
    void somebody_counts_as_one_wherever_he_is() throws IOException {
        String ann = "Authorization: Bearer " + key("ann");
        String bob = "Authorization: Bearer " + key("bob");
        try (var server = start();
                RawConnection proxy = server.connect();
                RawConnection other = server.connect()) {
            assertThat(proxy.send(writing(from("192.0.2.7"), ann)).answer().status())
                    .isEqualTo(201);
            Answer refused = other.send(writing(from("192.0.2.8"), ann)).answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("Who you are has used up its writes");
            assertThat(other.send(writing(from("192.0.2.9"), bob)).answer().status())
                    .isEqualTo(201);
        }
    }

    private String key(String name) throws IOException {
        return ApiKeys.in(folder, InstantSource.system())
                .create(name, Set.of("admin"), Duration.ofDays(1))
                .text();
    }
}
