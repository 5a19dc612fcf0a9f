package dev.genstore.router;

import dev.genstore.resource.Position;
import dev.genstore.resource.Problem;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The answer to a request: status, headers, content.
 *
 * <p>Immutable, as long as nobody writes into {@link #body()}.
 */
public final class Reply {
    private static final byte[] NOTHING = new byte[0];

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Effect effect;

    private Reply(int status, Headers headers, byte[] body, Effect effect) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a final status is 200 to 599, not " + status);
        }
        this.status = status;
        this.headers = headers;
        this.body = Objects.requireNonNull(body, "body");
        this.effect = Objects.requireNonNull(effect, "effect");
    }

    /** An answer without content. */
    public static Reply of(int status) {
        return new Reply(status, Headers.NONE, NOTHING, Effect.NONE);
    }

    /** An answer with content of this media type. */
    public static Reply of(int status, String contentType, byte[] body) {
        Headers typed = Headers.NONE.with("Content-Type", contentType);
        return new Reply(status, typed, body, Effect.NONE);
    }

    /** An answer with UTF-8 text as content. */
    public static Reply of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with JSON as content. */
    public static Reply json(int status, byte[] utf8) {
        return of(status, "application/json", utf8);
    }

    /** The answer that tells of a problem (RFC 9457). */
    public static Reply of(Problem problem) {
        Reply reply = of(problem.type().status(), "application/problem+json", problem.json())
                .telling(new Effect.Refused(problem.type()));
        for (var header : problem.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    /** The same answer with one more header. */
    public Reply with(String name, String value) {
        return new Reply(status, headers.with(name, value), body, effect);
    }

    /** The same answer, whose ETag is this position. */
    public Reply at(Position position) {
        return with("ETag", position.etag()).telling(new Effect.At(position));
    }

    /** The same answer, which says this besides. */
    public Reply telling(Effect said) {
        return new Reply(status, headers, body, said);
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    /** What it says of the store. */
    public Effect effect() {
        return effect;
    }

    /** The content; empty when there is none. */
    public byte[] body() {
        return body;
    }
}
