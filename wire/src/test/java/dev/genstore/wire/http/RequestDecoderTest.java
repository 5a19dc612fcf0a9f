package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;
import dev.genstore.testkit.Table;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

class RequestDecoderTest {
    private static final String CHUNKED_HEAD =
            "POST / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎";
    private static final int MUTATIONS = 3_000;

    private final RequestDecoder decoder =
            new RequestDecoder(HttpLimits.DEFAULT, new ByteBudget(Long.MAX_VALUE).share());

    @ParameterizedTest
    @MethodSource({"requests", "chunkedBodies"})
    void what_comes_becomes_what_the_table_says_however_it_is_split(Table.Row row) {
        for (Split split : Split.allOf(Table.bytes(row.input()))) {
            assertThat(Transcript.of(split, HttpLimits.DEFAULT))
                    .as(split.name())
                    .isEqualTo(row.outcome());
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
                .flatMap(file -> Table.rows(RequestDecoderTest.class, file).stream());
    }

    static Stream<Table.Row> chunkedBodies() {
        return Table.rows(RequestDecoderTest.class, "chunks.txt").stream()
                .map(row -> new Table.Row(row.name(), CHUNKED_HEAD + row.input(), row.outcome()));
    }

    @Test
    void a_damaged_request_has_one_outcome_however_it_is_split() {
        List<Table.Row> rows = Stream.concat(requests(), chunkedBodies()).toList();
        for (long seed = 1; seed <= MUTATIONS; seed++) {
            var random = new Random(seed);
            byte[] bytes = Table.bytes(rows.get(random.nextInt(rows.size())).input());
            damage(bytes, random);
            assertThat(Transcript.of(Split.random(bytes, seed), HttpLimits.DEFAULT))
                    .as("seed %d", seed)
                    .isEqualTo(Transcript.of(Split.atOnce(bytes), HttpLimits.DEFAULT));
        }
    }

    private static void damage(byte[] bytes, Random random) {
        String likely = "\r\n \t:;=,\"\\0aF*/\0";
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) likely.charAt(random.nextInt(likely.length()));
        }
    }

    @Test
    void fields_keep_their_order_and_lose_the_blanks_around_them() {
        HttpRequest request = decoded("GET / HTTP/1.1⏎Host: a⏎X: \t b c \t⏎Accept:⏎x: \\xe9⏎⏎");
        assertThat(request.headers().all("X")).containsExactly("b c", "é");
        assertThat(request.headers()).hasToString("[Host=a, X=b c, Accept=, x=é]");
    }

    @Test
    void an_absolute_url_replaces_the_host_and_no_other_field() {
        HttpRequest request = decoded("GET http://b/ HTTP/1.1⏎X: y⏎Host: a⏎Z: z⏎⏎");
        assertThat(request.headers()).hasToString("[Host=b, X=y, Z=z]");
    }

    @Test
    void a_printed_request_has_no_credentials() {
        assertThat(decoded("GET /a HTTP/1.1⏎Host: a⏎Authorization: Bearer b⏎⏎"))
                .hasToString("GET /a HTTP/1.1");
    }

    @Test
    void bodies_are_equal_when_their_bytes_are() {
        Body body = decoded("PUT / HTTP/1.1⏎Host: a⏎Content-Length: 2⏎⏎hi").body();
        assertThat(body)
                .isEqualTo(Body.of(new byte[] {'h', 'i'}))
                .hasSameHashCodeAs(Body.of(new byte[] {'h', 'i'}))
                .isNotEqualTo(Body.EMPTY)
                .hasToString("2 bytes");
    }

    @Test
    void trailer_fields_are_dropped() {
        HttpRequest request = decoded(CHUNKED_HEAD + "0⏎X: y⏎⏎");
        assertThat(request.headers().first("X")).isEmpty();
    }

    @Test
    void what_is_refused_stays_refused() {
        Problem problem = refused("GET / HTTP/9.9⏎⏎");
        assertThatThrownBy(() -> decoder.decode(bytes("GET / HTTP/1.1⏎Host: a⏎⏎")))
                .isSameAs(problem);
        assertThat(decoder.isIdle()).isFalse();
    }

    @Test
    void a_decoder_is_idle_between_requests_only() {
        assertThat(decoder.isIdle()).isTrue();
        decoder.decode(bytes("⏎"));
        assertThat(decoder.isIdle()).isTrue();
        decoder.decode(bytes("P"));
        assertThat(decoder.isIdle()).isFalse();
        decoder.decode(bytes("UT / HTTP/1.1⏎Host: a⏎Content-Length: 1⏎⏎"));
        assertThat(decoder.isIdle()).isFalse();
        decoder.decode(bytes("x"));
        assertThat(decoder.isIdle()).isTrue();
    }

    @Test
    void a_client_that_waits_for_100_continue_is_known_once() {
        decoder.decode(bytes("PUT / HTTP/1.1⏎Host: a⏎Expect: 100-continue⏎Content-Length: 2⏎"));
        assertThat(decoder.wantsContinue()).isFalse();
        decoder.decode(bytes("⏎"));
        assertThat(decoder.wantsContinue()).isTrue();
        assertThat(decoder.wantsContinue()).isFalse();
        decoder.decode(bytes("h"));
        assertThat(decoder.wantsContinue()).isFalse();
        assertThat(decoder.decode(bytes("i"))).isNotNull();
    }

    @Test
    void a_client_that_expects_but_has_begun_its_body_does_not_wait() {
        decoder.decode(bytes("PUT / HTTP/1.1⏎Host: a⏎Expect: 100-continue⏎Content-Length: 2⏎⏎h"));
        assertThat(decoder.wantsContinue()).isFalse();
    }

    @Test
    void a_client_that_expects_but_has_no_body_does_not_wait() {
        assertThat(decoded("PUT / HTTP/1.1⏎Host: a⏎Expect: 100-continue⏎⏎")
                        .body()
                        .isEmpty())
                .isTrue();
        assertThat(decoder.wantsContinue()).isFalse();
    }

    @Test
    void a_client_of_http_1_0_never_waits() {
        decoder.decode(bytes("PUT / HTTP/1.0⏎Expect: 100-continue⏎Content-Length: 2⏎⏎"));
        assertThat(decoder.wantsContinue()).isFalse();
    }

    @Test
    void a_body_that_is_announced_too_large_is_refused_before_it_is_asked_for() {
        Problem problem =
                refused("PUT / HTTP/1.1⏎Host: a⏎Expect: 100-continue⏎Content-Length: 99999999⏎⏎");
        assertThat(problem.type().status()).isEqualTo(413);
        assertThat(decoder.wantsContinue()).isFalse();
    }

    private HttpRequest decoded(String written) {
        return Objects.requireNonNull(decoder.decode(bytes(written)));
    }

    private Problem refused(String written) {
        try {
            decoder.decode(bytes(written));
        } catch (Problem problem) {
            return problem;
        }
        throw new AssertionError("not refused: " + written);
    }

    private static ByteBuf bytes(String written) {
        return Unpooled.wrappedBuffer(Table.bytes(written));
    }
}
