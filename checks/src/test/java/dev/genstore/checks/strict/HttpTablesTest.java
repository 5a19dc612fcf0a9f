package dev.genstore.checks.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.testkit.Table;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of the request decoder over real connections: as many answers come as there are requests
 * in the bytes, in their order, and behind a refusal none.
 */
class HttpTablesTest {
    private static final String FOLDER = "/dev/genstore/wire/http/";
    private static final String CHUNKED_HEAD =
            "POST / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎";
    private static final Pattern REFUSAL = Pattern.compile("([45][0-9]{2}) ([a-z-]+)");
    private static final Pattern REQUEST = Pattern.compile(
            "(?<method>\\S+) \\S+(?: 1\\.0)?(?<close> close)?(?: @\\S+)?(?: \".*\")?");
    private static final List<String> NO_REQUEST = List.of("nothing", "…");

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
    @MethodSource({"requests", "chunkedBodies"})
    void each_request_has_its_answer_and_nothing_else_has_one(Table.Row row) {
        byte[] bytes = Table.bytes(row.input());
        try (RawSocket socket = RawSocket.connect(server.port())) {
            socket.send(bytes);
            check(socket, row);
        }
        try (RawSocket socket = RawSocket.connect(server.port())) {
            for (byte each : bytes) {
                socket.send(new byte[] {each});
            }
            check(socket, row);
        }
    }

    static Stream<Table.Row> requests() {
        return Stream.of(
                        "request-line.txt",
                        "target.txt",
                        "fields.txt",
                        "framing.txt",
                        "pipelining.txt",
                        "smuggling.txt")
                .flatMap(file -> Table.rows(HttpTablesTest.class, FOLDER + file).stream());
    }

    static Stream<Table.Row> chunkedBodies() {
        return Table.rows(HttpTablesTest.class, FOLDER + "chunks.txt").stream()
                .map(row -> new Table.Row(row.name(), CHUNKED_HEAD + row.input(), row.outcome()));
    }

    private static void check(RawSocket socket, Table.Row row) {
        boolean goesOn = true;
        for (String outcome : row.outcome().split("; ", -1)) {
            assertThat(goesOn).as("nothing follows").isTrue();
            goesOn = NO_REQUEST.contains(outcome) || isAnswered(socket, outcome);
        }
        if (goesOn) {
            socket.finish();
        }
        assertThat(socket.isAtEnd()).as("no further answer").isTrue();
    }

    /** Reads an answer, which must be one to this; returns whether the connection goes on behind it. */
    private static boolean isAnswered(RawSocket socket, String outcome) {
        Matcher refusal = REFUSAL.matcher(outcome);
        return refusal.matches()
                ? isRefused(socket.readAnswer(false), refusal)
                : isServed(socket, outcome);
    }

    private static boolean isRefused(Answer answer, Matcher refusal) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(Integer.parseInt(refusal.group(1)));
        assertThat(answer.json().path("type").asString())
                .isEqualTo("/problems/" + refusal.group(2));
        assertThat(answer.header("Connection")).contains("close");
        return false;
    }

    private static boolean isServed(RawSocket socket, String outcome) {
        Matcher request = REQUEST.matcher(outcome);
        assertThat(request.matches()).as("a request: %s", outcome).isTrue();
        Answer answer = socket.readAnswer("HEAD".equals(request.group("method")));
        boolean isLast = answer.header("Connection").filter("close"::equals).isPresent();
        assertThat(isLast).as("%s", answer).isEqualTo(request.group("close") != null);
        return !isLast;
    }
}
