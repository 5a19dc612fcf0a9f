package dev.genstore.server.tracing;

import dev.genstore.hub.FollowedChanges;
import dev.genstore.resource.TraceParent;
import dev.genstore.router.Request;
import dev.genstore.router.Router;
import dev.genstore.wire.RequestTrace;
import dev.genstore.wire.RequestTracer;
import dev.genstore.wire.Tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * Makes a span of each request that is to be recorded, and those of what it changes:
 *
 * <pre>
 *  the client's span, if it sent a traceparent
 *  └─ PUT /api/{collection}/{id}     the request, until its answer goes out
 *     └─ commit                      the wait for the writer's turn, and the durable commit
 *        └─ deliver                  from there until the last socket was given it
 * </pre>
 *
 * <p>Whether something is recorded is for the sampler to say. Of what is not, nothing is kept.
 *
 * <p>Thread-safe.
 */
public final class Spans implements RequestTracer {
    private static final AttributeKey<String> METHOD =
            AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");

    private final Tracer tracer;
    private final FollowedChanges changes = new FollowedChanges(Deliveries.OPEN_MAX);
    private final Deliveries deliveries;
    private final Runnable whenStopped;

    /**
     * Spans that this tracer makes.
     *
     * @param whenStopped runs when the server has stopped and there will be no more
     */
    public Spans(Tracer tracer, Runnable whenStopped) {
        this.tracer = tracer;
        this.deliveries = new Deliveries(tracer, changes);
        this.whenStopped = whenStopped;
    }

    /** What a store is made with. */
    public Tracing tracing() {
        return new Tracing(this, changes);
    }

    @Override
    public RequestTrace begin(Request request, Router router) {
        String method = request.method().name();
        Span span = tracer.spanBuilder(method)
                .setParent(parent(request))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, method)
                .setAttribute(PATH, request.path())
                .startSpan();
        if (!span.isRecording()) {
            return RequestTrace.NONE;
        }
        router.template(request).ifPresent(template -> {
            span.updateName(method + ' ' + template);
            span.setAttribute(ROUTE, template.toString());
        });
        request.scheme().ifPresent(scheme -> span.setAttribute(SCHEME, scheme));
        return new RequestSpan(tracer, span, deliveries);
    }

    private static Context parent(Request request) {
        return request.traceparent()
                .map(Spans::context)
                .map(context -> Context.root().with(Span.wrap(context)))
                .orElseGet(Context::root);
    }

    private static SpanContext context(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.parentId(),
                TraceFlags.fromByte((byte) parent.flags()),
                TraceState.getDefault());
    }

    @Override
    public void close() {
        deliveries.close();
        whenStopped.run();
    }
}
