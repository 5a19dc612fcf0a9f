package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.genstore.testkit.Table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

class HttpLimitsTest {
    private static final HttpLimits SMALL = new HttpLimits(32, 100, 3, 8, 12);
    private static final String CHUNKED = "POST / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"requestLines", "heads", "bodies", "chunks"})
    void each_limit_is_exact_however_the_bytes_are_split(
            String name, String written, String outcome) {
        for (Split split : Split.allOf(Table.bytes(written))) {
            assertThat(Transcript.of(split, SMALL)).as(split.name()).isEqualTo(outcome);
        }
    }

    /** {@code GET /… HTTP/1.1⏎} has 16 bytes without what follows the slash. */
    static Stream<Arguments> requestLines() {
        String url = "/" + "x".repeat(16);
        return Stream.of(
                Arguments.of(
                        "a request line of the largest length",
                        "GET " + url + " HTTP/1.1⏎Host: a⏎⏎",
                        "GET " + url),
                Arguments.of(
                        "a request line of one byte more",
                        "GET " + url + "x HTTP/1.1⏎Host: a⏎⏎",
                        "414 uri-too-long"),
                Arguments.of("a request line without end", "x".repeat(1_000), "414 uri-too-long"),
                Arguments.of("a request line not yet too long", "x".repeat(31), "…"),
                Arguments.of("a request line too long to end", "x".repeat(32), "414 uri-too-long"));
    }

    /** {@code GET / HTTP/1.1⏎Host: a⏎X: …⏎⏎} has 32 bytes without the value of X. */
    static Stream<Arguments> heads() {
        String start = "GET / HTTP/1.1⏎Host: a⏎X: ";
        return Stream.of(
                Arguments.of(
                        "a head of the largest length", start + "x".repeat(68) + "⏎⏎", "GET /"),
                Arguments.of(
                        "a head of one byte more",
                        start + "x".repeat(69) + "⏎⏎",
                        "431 headers-too-large"),
                Arguments.of(
                        "a head without end", start + "x".repeat(1_000), "431 headers-too-large"),
                Arguments.of("as many fields as may be", start + "⏎Y:⏎⏎", "GET /"),
                Arguments.of("one field more", start + "⏎Y:⏎Z:⏎⏎", "431 headers-too-large"));
    }

    static Stream<Arguments> bodies() {
        String start = "PUT / HTTP/1.1⏎Host: a⏎Content-Length: ";
        return Stream.of(
                Arguments.of(
                        "a body of the largest length",
                        start + "8⏎⏎12345678",
                        "PUT / \"12345678\""),
                Arguments.of("a body of one byte more", start + "9⏎⏎", "413 body-too-large"));
    }

    static Stream<Arguments> chunks() {
        return Stream.of(
                Arguments.of(
                        "chunks of the largest length",
                        CHUNKED + "4⏎1234⏎4⏎5678⏎0⏎⏎",
                        "POST / \"12345678\""),
                Arguments.of(
                        "chunks of one byte more", CHUNKED + "4⏎1234⏎5⏎", "413 body-too-large"),
                Arguments.of(
                        "extensions of the largest length",
                        CHUNKED + "1;a=bcde⏎1⏎0;a=bc⏎⏎",
                        "POST / \"1\""),
                Arguments.of(
                        "extensions of one byte more",
                        CHUNKED + "1;a=bcde⏎1⏎0;a=bcd⏎⏎",
                        "413 body-too-large"),
                Arguments.of(
                        "an extension without end",
                        CHUNKED + "1;" + "a".repeat(1_000),
                        "413 body-too-large"),
                Arguments.of(
                        "a trailer of the largest length",
                        CHUNKED + "0⏎X: " + "x".repeat(93) + "⏎⏎",
                        "POST /"),
                Arguments.of(
                        "a trailer of one byte more",
                        CHUNKED + "0⏎X: " + "x".repeat(94) + "⏎⏎",
                        "431 headers-too-large"),
                Arguments.of(
                        "one trailer field too many",
                        CHUNKED + "0⏎A:⏎B:⏎C:⏎D:⏎⏎",
                        "431 headers-too-large"));
    }

    @Test
    void the_default_takes_a_resource_of_one_mebibyte() {
        byte[] bytes = Table.bytes("PUT / HTTP/1.1⏎Host: a⏎Content-Length: 1048576⏎⏎");
        byte[] whole = Arrays.copyOf(bytes, bytes.length + (1 << 20));
        assertThat(Transcript.of(Split.random(whole, 1), HttpLimits.DEFAULT))
                .startsWith("PUT / \"")
                .hasSize(8 + (1 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "15, 100, 1, 0, 0, requestLineBytesMax",
        "32, 32, 1, 0, 0, headBytesMax",
        "32, 100, 0, 0, 0, fieldCountMax",
        "32, 100, 1, -1, 0, bodyBytesMax",
        "32, 100, 1, 0, -1, chunkExtensionBytesMax"
    })
    void a_limit_that_is_too_small_is_named(
            int line, int head, int fields, int body, int extensions, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpLimits(line, head, fields, body, extensions))
                .withMessageStartingWith(name + " is too small");
    }

    @Test
    void the_smallest_limits_take_the_smallest_request() {
        var smallest = new HttpLimits(16, 17, 1, 0, 0);
        byte[] bytes = Table.bytes("GET / HTTP/1.0⏎⏎");
        assertThat(Transcript.of(Split.atOnce(bytes), smallest)).isEqualTo("431 headers-too-large");
        assertThat(Transcript.of(Split.atOnce(bytes), new HttpLimits(16, 18, 1, 0, 0)))
                .isEqualTo("GET / 1.0 close @-");
    }
}
