package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.fuzz.Pieces;
import dev.genstore.resource.Problem;
import dev.genstore.router.Headers;

import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * However requests are split, they come to the same. What was let in is clear: written in the plainest
 * way, it is the same request again.
 */
public final class HeadTarget {
    /** So small that inputs reach them. */
    private static final HttpLimits SMALL = new HttpLimits(80, 300, 8, 60, 20);

    /** For what was let in by the default and is written again, perhaps with a field more. */
    private static final HttpLimits LARGE = new HttpLimits(9_000, 20_000, 110, 2 << 20, 5_000);

    private static final Set<String> FRAMING =
            Set.of("content-length", "transfer-encoding", "expect", "host");

    private HeadTarget() {}

    /** Tries these bytes of a client. */
    public static void check(byte[] input) {
        for (HttpLimits limits : List.of(SMALL, HttpLimits.DEFAULT)) {
            List<String> expected = words(List.of(input), limits);
            for (List<byte[]> pieces : Pieces.of(input)) {
                assertThat(words(pieces, limits)).isEqualTo(expected);
            }
        }
    }

    private static List<String> words(List<byte[]> pieces, HttpLimits limits) {
        var said = new ArrayList<String>();
        RequestDecoder decoder = decoder(limits);
        try {
            for (byte[] piece : pieces) {
                read(piece, decoder, said);
            }
            said.add(decoder.isIdle() ? "idle" : "not whole");
        } catch (Problem problem) {
            assertThat(problem.type().status()).isBetween(400, 505);
            said.add(problem.type() + ": " + problem.detail());
        }
        return said;
    }

    private static void read(byte[] piece, RequestDecoder decoder, List<String> said) {
        var in = Unpooled.wrappedBuffer(piece);
        @Nullable HttpRequest request = decoder.decode(in);
        while (request != null) {
            checkClear(request);
            said.add(words(request));
            request = decoder.decode(in);
        }
        assertThat(in.isReadable()).as("null means that all is consumed").isFalse();
    }

    private static void checkClear(HttpRequest request) {
        assertThat(request.headers().all("Content-Length")).hasSizeLessThan(2);
        assertThat(request.headers().all("Host")).hasSizeLessThan(2);
        request.headers().forEach((name, value) -> {
            assertThat(name).matches("[!-~&&[^\"(),/:;<=>?@\\[\\\\\\]{}]]+");
            assertThat(value).doesNotContain("\r", "\n", "\0").isEqualTo(value.strip());
        });
        HttpRequest again = decoder(LARGE).decode(Unpooled.wrappedBuffer(plain(request)));
        assertThat(words(Objects.requireNonNull(again))).isEqualTo(words(request));
    }

    /** Written in the plainest way. */
    private static byte[] plain(HttpRequest request) {
        var head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1."
                + request.minorVersion() + "\r\n");
        request.headers().all("Host").forEach(host -> head.append("Host: " + host + "\r\n"));
        others(request.headers()).forEach(field -> head.append(field).append("\r\n"));
        head.append("Content-Length: " + request.body().bytes().length + "\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(request.body().bytes());
        return bytes.toByteArray();
    }

    private static String words(HttpRequest request) {
        return request.method() + " " + request.target() + " " + request.minorVersion() + " "
                + request.keepAlive() + " " + request.headers().all("Host") + " "
                + others(request.headers()) + " "
                + new String(request.body().bytes(), StandardCharsets.ISO_8859_1);
    }

    private static List<String> others(Headers headers) {
        var others = new ArrayList<String>();
        headers.forEach((name, value) -> {
            if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                others.add(name + ": " + value);
            }
        });
        return others;
    }

    private static RequestDecoder decoder(HttpLimits limits) {
        return new RequestDecoder(limits, new ByteBudget(Long.MAX_VALUE).share());
    }
}
