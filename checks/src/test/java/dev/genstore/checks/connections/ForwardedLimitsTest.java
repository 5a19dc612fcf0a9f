package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.LogWatch;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.wire.proxy.AddressRange;
import dev.genstore.wire.proxy.Telling;
import dev.genstore.wire.proxy.TrustedProxies;
import dev.genstore.wire.rates.ClientLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private CountedServer startWithoutProxies() {
        return CountedServer.start(folder, Settings.defaults().clients(ONE_WRITE));
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
    void who_is_only_said_to_be_on_the_own_machine_counts_as_any_other() {
        try (var server = start();
                RawConnection proxy = server.connect()) {
            assertThat(proxy.send(writing(from("127.0.0.1"))).answer().status()).isEqualTo(201);
            assertThat(proxy.send(writing(from("127.0.0.1"))).answer().status()).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7"})
    void all_whom_a_proxy_brings_that_is_not_listed_count_as_one_and_it_is_told(String field) {
        try (var log = new LogWatch("dev.genstore.wire.proxy");
                var server = startWithoutProxies();
                RawConnection proxy = server.connect();
                RawConnection other = server.connect()) {
            assertThat(proxy.send(writing(field)).answer().status()).isEqualTo(201);
            assertThat(other.send(writing(field.replace(".7", ".8"))).answer().status())
                    .isEqualTo(429);
            assertThat(other.send(writing()).answer().status())
                    .as("who is on this machine himself")
                    .isEqualTo(201);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("--trusted-proxies 127.0.0.1");
        }
    }

    @Test
    void on_the_own_machine_somebody_counts_as_who_he_is() throws IOException {
        String ann = "Authorization: Bearer " + key("ann");
        try (var server = startWithoutProxies();
                RawConnection one = server.connect();
                RawConnection other = server.connect()) {
            assertThat(one.send(writing(ann)).answer().status()).isEqualTo(201);
            Answer refused = other.send(writing(ann)).answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("Who you are has used up its writes");
        }
    }

    @Test
    void on_the_own_machine_nobody_guesses_for_ever() throws IOException {
        String good = key("ann");
        String wrong = "Authorization: Bearer " + good.substring(0, good.length() - 1);
        try (var server = startWithoutProxies();
                RawConnection connection = server.connect()) {
            int tries = 1;
            while (status(connection, wrong) == 401) {
                tries++;
            }
            assertThat(status(connection, wrong)).isEqualTo(429);
            assertThat(tries).isGreaterThan(100);
            assertThat(status(connection, "Authorization: Bearer " + good)).isEqualTo(200);
        }
    }

    private static int status(RawConnection connection, String field) {
        return connection.send(Asking.head("GET /api HTTP/1.1", field)).answer().status();
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
