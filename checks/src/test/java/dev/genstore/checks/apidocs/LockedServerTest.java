package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The documents are true of a server that lets nobody in without credentials, too. */
class LockedServerTest {
    private TestServer server;
    private String bearer;

    /** The key has less time than that in which its end is told. */
    @BeforeEach
    void start(@TempDir Path folder) {
        String key = ApiKeys.in(folder)
                .create("soon", Set.of("admin"), Duration.ofSeconds(25))
                .text();
        bearer = "Bearer " + key;
        server = TestServer.start(folder, builder -> builder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DescribedApi described(String document) {
        Answer answer = RawHttp.get(server.port(), document, "Authorization", bearer);
        assertThat(answer.status()).isEqualTo(200);
        return new DescribedApi(answer.text());
    }

    @Test
    void who_is_not_let_in_is_told_so_as_the_document_says() {
        DescribedApi api = described("/openapi.json");
        check(api, "/api/notes", 401, "Accept", "application/json");
        check(api, "/api/notes/7", 401, "Authorization", "Bearer wrong");
        check(api, "/api", 400, "Authorization", "Bearer wrong, twice");
        check(api, "/api/notes?access_token=abc", 400, "Accept", "application/json");
    }

    private void check(DescribedApi api, String target, int status, String... headers) {
        Answer answer = RawHttp.get(server.port(), target, headers);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        api.check(new Exchange("GET", target, "", "", answer));
    }

    @Test
    void the_document_says_what_credentials_there_are() {
        DescribedApi api = described("/openapi.json");
        assertThat(api.document().at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(api.document().get("security").toString())
                .isEqualTo("[{\"token\":[]},{\"session\":[]},{}]");
    }

    @Test
    void the_end_of_credentials_is_told_as_the_document_says() {
        DescribedApi api = described("/asyncapi.json");
        List<Field> fields = List.of(new Field("Authorization", bearer));
        try (Follower follower = FollowBy.NDJSON.follow(server.port(), "/api/notes", fields)) {
            Told told = follower.next();
            while (told.expires().isEmpty()) {
                told = follower.next();
            }
            assertThat(api.errors(api.document().at("/components/schemas/Synced"), told.json()))
                    .isEmpty();
        }
    }
}
