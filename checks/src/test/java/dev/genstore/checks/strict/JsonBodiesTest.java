package dev.genstore.checks.strict;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.testkit.Table;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * What JSON is let in (RFC 8259, RFC 7493), and what of it comes back, byte for byte: in the answer,
 * in a GET, and in the event.
 */
class JsonBodiesTest {
    private static final String OWN_MEMBERS =
            "^\\{\"id\":\"[^\"]+\",\"_revision\":[0-9]+,\"_created\":\"[^\"]+\",\"_updated\":\"[^\"]+\"";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_comes_back_as_the_table_says_or_is_refused(Table.Row row) {
        byte[] body = Table.bytes(row.input());
        Answer answer = put(body);
        if (row.outcome().startsWith("400 ")) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.json().path("type").asString())
                    .isEqualTo("/problems/" + row.outcome().substring(4));
            return;
        }
        String expected = text("=".equals(row.outcome()) ? body : Table.bytes(row.outcome()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        assertThat(members(answer)).isEqualTo(expected);
        String path = answer.header("Location").orElseThrow();
        Answer read = RawHttp.get(server.port(), path);
        assertThat(members(read)).isEqualTo(expected);
        assertThat(text(changes(path).body())).contains("\"data\":" + text(read.body()));
    }

    static List<Table.Row> bodies() {
        return Table.rows(JsonBodiesTest.class, "json-bodies.txt");
    }

    private static Answer put(byte[] body) {
        return RawHttp.send(
                server.port(),
                "POST",
                "/api/bodies",
                RawHttp.fields("Content-Type", "application/json"),
                body);
    }

    private static Answer changes(String path) {
        return RawHttp.get(
                server.port(), path + "?since=0", "Accept", "application/cloudevents-batch+json");
    }

    /** The client's members of a resource as an object, each byte as one character. */
    private static String members(Answer answer) {
        String rest = text(answer.body()).replaceFirst(OWN_MEMBERS, "");
        return "{" + rest.replaceFirst("^,", "");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
