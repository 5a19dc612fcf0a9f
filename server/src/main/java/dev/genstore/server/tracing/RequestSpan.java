package dev.genstore.server.tracing;

import dev.genstore.store.CommitFollower;
import dev.genstore.wire.RequestTrace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** The span of a request, and of what it commits. Thread-safe. */
final class RequestSpan implements RequestTrace {
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> SHARING =
            AttributeKey.longKey("genstore.commit.sharing");
    private static final int FAILED = 500;

    private final Tracer tracer;
    private final Span span;
    private final Deliveries deliveries;
    private final Moments moments = Moments.now();

    RequestSpan(Tracer tracer, Span span, Deliveries deliveries) {
        this.tracer = tracer;
        this.span = span;
        this.deliveries = deliveries;
    }

    @Override
    public <T extends @Nullable Object> Supplier<T> around(Supplier<T> work) {
        var follower = new CommitFollower(this::committed);
        return () -> follower.follow(work);
    }

    private void committed(CommitFollower.Commit commit) {
        Span committed = tracer.spanBuilder("commit")
                .setParent(Context.root().with(span))
                .setStartTimestamp(moments.at(commit.askedNanos()))
                .setAttribute(Deliveries.REVISION, commit.last())
                .setAttribute(SHARING, (long) commit.sharing())
                .startSpan();
        committed.addEvent("begun", moments.at(commit.begunNanos()));
        committed.end(moments.at(commit.durableNanos()));
        deliveries.follow(commit, Context.root().with(committed), moments);
    }

    @Override
    public void answered(int status) {
        span.setAttribute(STATUS, (long) status);
        if (status >= FAILED) {
            fail(Integer.toString(status));
        }
        span.end();
    }

    @Override
    public void ended() {
        fail("unanswered");
        span.end();
    }

    /** Of a span that has ended, nothing is changed. */
    private void fail(String why) {
        span.setAttribute(ERROR, why);
        span.setStatus(StatusCode.ERROR);
    }
}
