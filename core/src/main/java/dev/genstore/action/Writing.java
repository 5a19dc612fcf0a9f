package dev.genstore.action;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Batch;
import dev.genstore.store.Done;
import dev.genstore.store.Once;
import dev.genstore.store.Outcome;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Does what a request wants to be written, once if it has an {@code Idempotency-Key}, and answers. */
final class Writing {
    private static final String KEY = "Idempotency-Key";

    private Writing() {}

    /** What is done with the key, or without when it is null. */
    @FunctionalInterface
    private interface Doing {
        Done with(@Nullable Once once);
    }

    /** A write by itself, which does not take a key: it can be repeated with a condition. */
    static Reply alone(Request request, Resources resources, Write write) {
        refuseKey(request);
        Handling handling = Handling.of(request, List.of(write));
        Outcome outcome = resources.write(asked(request, handling, write));
        return handling.applied(reply(request, resources, outcome));
    }

    /** A write by itself that takes a key. */
    static Reply once(Request request, Resources resources, Write write) {
        Handling handling = Handling.of(request, List.of(write));
        Write asked = asked(request, handling, write);
        return answer(
                request,
                once -> resources.write(Batch.alone(asked, once)),
                outcomes -> handling.applied(reply(request, resources, outcomes.getFirst())));
    }

    /** Many writes, which take a key. */
    static Reply batch(
            Request request,
            Resources resources,
            List<Write> writes,
            Function<List<Outcome>, Reply> reply) {
        Handling handling = Handling.of(request, writes);
        return answer(
                request,
                once -> resources.write(Batch.of(asked(request, handling, writes), once)),
                outcomes -> handling.applied(reply.apply(outcomes)));
    }

    private static Write asked(Request request, Handling handling, Write write) {
        return asked(request, handling, List.of(write)).getFirst();
    }

    /** The writes as they are wanted, each with the place in a trace that the request has. */
    private static List<Write> asked(Request request, Handling handling, List<Write> writes) {
        List<Write> handled = handling.of(writes);
        return request.traceparent()
                .map(trace -> handled.stream().map(write -> write.traced(trace)).toList())
                .orElse(handled);
    }

    private static Reply answer(
            Request request, Doing doing, Function<List<Outcome>, Reply> reply) {
        Once once = request.header(KEY)
                .map(key -> new Once(
                        key, digest(request), outcomes -> KeptReply.write(reply.apply(outcomes))))
                .orElse(null);
        return switch (doing.with(once)) {
            case Done.Now now -> reply.apply(now.outcomes());
            case Done.Before before ->
                KeptReply.read(before.answer()).with("Idempotency-Replayed", "true");
        };
    }

    private static Reply reply(Request request, Resources resources, Outcome outcome) {
        Returning returning = Returning.of(request);
        return returning.applied(returning.of(Answers.outcome(outcome, resources)));
    }

    private static void refuseKey(Request request) {
        if (request.header(KEY).isPresent()) {
            throw ProblemType.INVALID_HEADER.because(request.method() + " takes no " + KEY
                    + "; with If-Match or If-None-Match it can be repeated and is done once.");
        }
    }

    /**
     * What makes two requests the same: method, path, content type and content, and who makes them, as
     * the answer to one is not for another.
     */
    private static String digest(Request request) {
        MessageDigest digest = sha256();
        add(digest, request.method().name());
        add(digest, request.path());
        add(digest, request.header("Content-Type").orElse(""));
        if (!request.principal().isNobody()) {
            add(digest, request.principal().id());
        }
        return HexFormat.of().formatHex(digest.digest(request.body()));
    }

    /** With its length in front, so that no two texts run together. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
