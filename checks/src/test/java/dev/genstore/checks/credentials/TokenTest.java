package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Signed tokens over real sockets, with an issuer that answers when the test lets it. */
class TokenTest {
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private TestIssuer issuer;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer();
        server = TestServer.start(folder, builder -> builder.issuer(issuer.issuer()));
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    @Test
    void with_a_token_one_watches_until_it_expires() {
        issuer.letGo();
        Instant expires = Instant.now().plusSeconds(6);
        List<Field> token = Sent.asBearer(issuer.token("ann", expires));
        try (Follower follower =
                FollowBy.WEBSOCKET.follow(server.port(), "/api/notes", token).synced()) {
            server.store().resources().create("notes", NOTE);
            assertThat(follower.nextChange().type()).isEqualTo("created");
            Ends.require(FollowBy.WEBSOCKET, follower);
            assertThat(Instant.now()).isAfterOrEqualTo(expires.minusSeconds(1));
        }
    }

    @Test
    void who_waits_for_the_keys_of_an_issuer_delays_nobody_else() throws Exception {
        String key = ApiKeys.in(folder).create("other", Set.of(), null).text();
        server.store().resources().create("notes", NOTE);
        String token = issuer.token("ann", Instant.now().plusSeconds(60));
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> get(token));
        issuer.awaitAsked();
        await().atMost(Duration.ofSeconds(20)).until(() -> get(key).status() == 200);
        assertThat(waiting).isNotDone();
        issuer.letGo();
        assertThat(waiting.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void without_a_token_nobody_is_let_in_and_the_issuer_is_not_asked() {
        assertThat(RawHttp.get(server.port(), "/api").status()).isEqualTo(401);
        assertThat(get("a.b.c").status()).isEqualTo(401);
        assertThat(get(issuer.token("ann", Instant.now().minusSeconds(1))).status())
                .isEqualTo(401);
    }

    private Answer get(String token) {
        return RawHttp.get(server.port(), "/api", "Authorization", "Bearer " + token);
    }
}
