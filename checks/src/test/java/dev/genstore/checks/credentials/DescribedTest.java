package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.apidocs.DescribedApi;
import dev.genstore.checks.apidocs.Exchange;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** What is answered because of credentials is in the documents. */
class DescribedTest {
    @TempDir
    private Path folder;

    private TestIssuer issuer;
    private TestServer server;
    private String key;

    @BeforeEach
    void start() throws Exception {
        key = ApiKeys.in(folder).create("it", Set.of(), null).text();
        issuer = new TestIssuer();
        server = TestServer.start(folder, builder -> builder.issuer(issuer.issuer()));
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    @Test
    void that_an_issuer_does_not_answer() {
        issuer.close();
        Answer answer = get("/api", issuer.token("ann", Instant.now().plusSeconds(600)));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("/problems/issuer-unavailable");
        described("openapi").check(new Exchange("GET", "/api", "", "", answer));
    }

    private Answer get(String target, String credentials) {
        return RawHttp.get(server.port(), target, "Authorization", "Bearer " + credentials);
    }

    private DescribedApi described(String document) {
        return new DescribedApi(get("/" + document + ".json", key).text());
    }
}
