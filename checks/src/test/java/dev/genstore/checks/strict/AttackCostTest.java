package dev.genstore.checks.strict;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.Query;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.HttpLimits;
import dev.genstore.wire.http.RequestDecoder;
import dev.genstore.wire.websocket.FrameDecoder;
import dev.genstore.wire.websocket.FrameLimits;
import dev.genstore.wire.websocket.MessageInflater;
import dev.genstore.wire.websocket.ProtocolViolation;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Bytes that are made to be expensive cost no more than ordinary ones of the same length, but for a
 * factor that a quadratic cost would be far above. They may be refused or not.
 */
class AttackCostTest {
    private static final int TIMES_MAX = 20;
    private static final long NANOS_MIN = 5_000_000;
    private static final long BYTES_MIN = 1 << 20;
    private static final int NAMES = 25_000;
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void json_that_is_made_to_be_expensive_is_not(String name, String body) {
        requireNoMore(() -> readJson(body), () -> readJson(harmless(body.length())));
    }

    static List<Arguments> bodies() {
        return List.of(
                Arguments.of("depth, arrays", "[".repeat(MEBIBYTE)),
                Arguments.of("depth, objects", "{\"a\":".repeat(MEBIBYTE / 5)),
                Arguments.of("depth again and again", again("[".repeat(64) + "]".repeat(64))),
                Arguments.of("digits", "{\"a\":" + "9".repeat(MEBIBYTE) + "}"),
                Arguments.of("digits behind a point", "{\"a\":0." + "1".repeat(MEBIBYTE) + "}"),
                Arguments.of("an exponent", "{\"a\":1e" + "9".repeat(300) + "}"),
                Arguments.of("exponents again and again", again("1e308")),
                Arguments.of("digits again and again", again("9".repeat(15) + "e200")),
                Arguments.of("a long name", "{\"" + "n".repeat(MEBIBYTE) + "\":0}"),
                Arguments.of("long names", object(longNames())),
                Arguments.of("names that collide in Java", object(Collisions.inJava(NAMES))),
                Arguments.of("names that collide in readers", object(Collisions.inReaders(NAMES))),
                Arguments.of("doubled names", "{\"a\":0," + "\"a\":0,".repeat(NAMES) + "\"b\":0}"),
                Arguments.of("short names", object(shortNames())),
                Arguments.of("nothing again and again", again("{}")),
                Arguments.of("escapes", "{\"a\":\"" + "\\u0061".repeat(MEBIBYTE / 6) + "\"}"),
                Arguments.of("lone surrogates", again("\"\\ud800\"")),
                Arguments.of("blanks", " ".repeat(MEBIBYTE) + "{}"),
                Arguments.of("no end", "{\"a\":\"" + "x".repeat(MEBIBYTE)));
    }

    private static String again(String value) {
        int count = MEBIBYTE / (value.length() + 1);
        return "{\"a\":[" + (value + ",").repeat(count) + "0]}";
    }

    private static List<String> longNames() {
        return IntStream.range(0, 20).mapToObj(i -> "n".repeat(49_000) + i).toList();
    }

    private static List<String> shortNames() {
        return IntStream.range(0, 100_000).mapToObj(Integer::toString).toList();
    }

    private static String object(List<String> names) {
        return names.stream().map(name -> '"' + name + "\":0").collect(joining(",", "{", "}"));
    }

    /** An object with many ordinary members. */
    private static String harmless(int length) {
        return object(Collisions.none(Math.max(1, length / 37)));
    }

    private static void readJson(String body) {
        try {
            StrictJson.tree(body.getBytes(UTF_8));
        } catch (Problem refused) {
            assertThat(refused.type().status()).isEqualTo(400);
        }
    }

    /** Who has chosen names to collide must not have filled a table that others use. */
    @Test
    void behind_names_that_collide_others_are_read_as_ever() {
        for (int i = 0; i < 20; i++) {
            readJson(object(Collisions.inReaders(200 << i % 8)));
            assertThat(StrictJson.tree(harmless(20_000 << i % 6).getBytes(UTF_8))
                            .size())
                    .isPositive();
        }
    }

    @Test
    void names_in_a_query_that_collide_cost_no_more() {
        String colliding = query(Collisions.inJava(240));
        String ordinary = query(Collisions.none(240));
        requireNoMore(() -> readQuery(colliding), () -> readQuery(ordinary));
    }

    private static String query(List<String> names) {
        return String.join("=1&", names);
    }

    private static void readQuery(String query) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Query.parse(query).names()).hasSize(240);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ", "-eyJ", ".eyJ", "eyJ.", "genstore_", "genstore_0123456789"})
    void a_query_that_is_nearly_a_token_again_and_again_costs_no_more(String part) {
        String nearly = "a=" + part.repeat(8_000 / part.length());
        String ordinary = "a=" + "x".repeat(nearly.length() - 2);
        requireNoMore(() -> readOne(nearly), () -> readOne(ordinary));
    }

    private static void readOne(String query) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Query.parse(query).names()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void a_head_that_is_made_to_be_expensive_is_not(String name, String head) {
        String ordinary = head(Collisions.none(95).stream().map(field -> field + ": 1"));
        requireNoMore(() -> readHead(head), () -> readHead(ordinary));
    }

    static List<Arguments> heads() {
        return List.of(
                Arguments.of(
                        "names that collide",
                        head(Collisions.inJava(95).stream().map(field -> field + ": 1"))),
                Arguments.of(
                        "one name",
                        head(Stream.generate(() -> "a: " + "1,".repeat(40)).limit(95))),
                Arguments.of("blanks", head(Stream.of("a:" + " ".repeat(15_000) + "1"))),
                Arguments.of("blanks and no more", head(Stream.of("a: 1" + " ".repeat(15_000)))),
                Arguments.of("lines without an end", "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(99)),
                Arguments.of("empty lines", "\r\n".repeat(8_000)),
                Arguments.of("no line at all", "G".repeat(16_000)),
                Arguments.of(
                        "tiny chunks",
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "1\r\nx\r\n".repeat(2_500)),
                Arguments.of(
                        "chunk extensions",
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "1;a=\"bbbbbbbbbbbbbbbbbbbb\"\r\nx\r\n".repeat(500)));
    }

    private static String head(Stream<String> fields) {
        return fields.collect(joining("\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "\r\n\r\n"));
    }

    /** Byte by byte, as the slowest peer sends it. */
    private static void readHead(String head) {
        var decoder = new RequestDecoder(HttpLimits.DEFAULT, new ByteBudget(MEBIBYTE).share());
        try {
            for (byte each : head.getBytes(ISO_8859_1)) {
                decoder.decode(Unpooled.wrappedBuffer(new byte[] {each}));
            }
        } catch (Problem refused) {
            assertThat(refused.type().status()).isBetween(400, 431);
        }
    }

    @Test
    void a_deflate_bomb_costs_no_more_than_a_message_of_the_greatest_length() {
        byte[] bomb = deflated(new byte[50 * MEBIBYTE]);
        assertThat(bomb.length).isLessThan(FrameLimits.DEFAULT.messageBytesMax());
        byte[] message = deflated(new byte[FrameLimits.DEFAULT.messageBytesMax()]);
        try (var inflater = new MessageInflater()) {
            requireNoMore(() -> readFrame(bomb, inflater), () -> readFrame(message, inflater));
        }
    }

    private static byte[] deflated(byte[] plain) {
        var out = new ByteArrayOutputStream();
        var raw = new Deflater(9, true);
        try (var deflating = new DeflaterOutputStream(out, raw, 512, true)) {
            deflating.write(plain);
            deflating.flush();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        } finally {
            raw.end();
        }
        return out.toByteArray();
    }

    /** A masked frame, compressed, whose mask is nothing. */
    private static void readFrame(byte[] payload, MessageInflater inflater) {
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) 0xC1);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putChar((char) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        try {
            new FrameDecoder(FrameLimits.DEFAULT, inflater).decode(Unpooled.wrappedBuffer(frame));
        } catch (ProtocolViolation refused) {
            assertThat(refused.closeCode()).isEqualTo(1009);
        }
    }

    private static void requireNoMore(Runnable attack, Runnable ordinary) {
        Cost usual = Cost.of(ordinary);
        Cost found = Cost.of(attack);
        assertThat(found.nanos()).as("time").isLessThan(TIMES_MAX * (usual.nanos() + NANOS_MIN));
        assertThat(found.bytes()).as("memory").isLessThan(TIMES_MAX * (usual.bytes() + BYTES_MIN));
    }
}
