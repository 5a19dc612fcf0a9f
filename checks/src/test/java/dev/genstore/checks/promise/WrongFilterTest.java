package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** Who watches through a filter that is wrong is refused, and told where it is wrong. */
class WrongFilterTest {
    private static TestServer server;
    private static RestClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        client = new RestClient(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What is asked for, and how the problem's detail begins. */
    enum Wrong {
        SYNTAX("/api/notes?filter=a%20%3D%3D", "Line 1, column "),
        MEANING("/api/notes?filter=size%20%3C%20(1%20%3C%20%22a%22)", "Line 1, column 11: '<' "),
        SECOND_LINE("/api/notes?filter=true%20%26%26%0A%20%202", "Line 2, column 3: "),
        IN_A_WINDOW("/api/notes?sort=a&limit=3&filter=a%20%2B%201", "Line 1, column 3: "),
        OF_ONE_RESOURCE("/api/notes/7?filter=none(a)", "Line 1, column 1: There is no function"),
        OF_ALL("/api?filter=2", "Line 1, column 1: ");

        private final String target;
        private final String place;

        Wrong(String target, String place) {
            this.target = target;
            this.place = place;
        }
    }

    static Stream<Arguments> everyWay() {
        return Arrays.stream(FollowBy.values())
                .flatMap(by -> Arrays.stream(Wrong.values()).map(wrong -> Arguments.of(by, wrong)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void a_watch_is_refused_and_told_where(FollowBy by, Wrong wrong) {
        var refused =
                catchThrowableOfType(Follower.Refused.class, () -> by.follow(server, wrong.target));
        requireProblem(refused.answer(), wrong);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNTAX", "MEANING", "SECOND_LINE", "IN_A_WINDOW"})
    void a_snapshot_is_not_waited_for(Wrong wrong) {
        requireProblem(
                RawHttp.get(
                        server.port(),
                        wrong.target,
                        "If-None-Match",
                        '"' + client.position() + '"',
                        "Prefer",
                        "wait=60"),
                wrong);
    }

    private static void requireProblem(Answer answer, Wrong wrong) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/invalid-filter");
        assertThat(answer.json().path("detail").stringValue()).startsWith(wrong.place);
    }
}
