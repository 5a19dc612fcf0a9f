package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Problem;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * What a decoder made of the bytes of one connection, in the words of the tables: each request as
 * {@code method target}, {@code 1.0} and {@code close} where they apply, {@code @host} where it is
 * not {@code a} ({@code @-} for none), and its body in quotation marks; a refusal as {@code status
 * slug}; {@code …} for a request that has not come whole.
 */
final class Transcript {
    private final RequestDecoder decoder;
    private final StringJoiner said = new StringJoiner("; ").setEmptyValue("nothing");
    private boolean refused;

    private Transcript(HttpLimits limits) {
        this.decoder = new RequestDecoder(limits, new ByteBudget(Long.MAX_VALUE).share());
    }

    static String of(Split split, HttpLimits limits) {
        var transcript = new Transcript(limits);
        split.pieces().forEach(transcript::feed);
        if (!transcript.refused && !transcript.decoder.isIdle()) {
            transcript.said.add("…");
        }
        return transcript.said.toString();
    }

    private void feed(ByteBuf piece) {
        HttpRequest request = decode(piece);
        while (request != null) {
            said.add(words(request));
            request = decode(piece);
        }
        assertThat(refused || !piece.isReadable())
                .as("null means that all is consumed")
                .isTrue();
        piece.release();
    }

    private @Nullable HttpRequest decode(ByteBuf piece) {
        if (refused) {
            return null;
        }
        try {
            return decoder.decode(piece);
        } catch (Problem problem) {
            refused = true;
            said.add(problem.type().status() + " " + problem.type().slug());
            return null;
        }
    }

    private static String words(HttpRequest request) {
        var words = new StringJoiner(" ").add(request.method()).add(request.target());
        if (request.minorVersion() == 0) {
            words.add("1.0");
        }
        if (!request.keepAlive()) {
            words.add("close");
        }
        String host = String.join("+", request.headers().all("Host"));
        if (!host.equals("a")) {
            words.add("@" + (host.isEmpty() ? "-" : host));
        }
        if (!request.body().isEmpty()) {
            words.add('"' + text(request.body()) + '"');
        }
        return words.toString();
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8).replace("\r\n", "⏎");
    }
}
