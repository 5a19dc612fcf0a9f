package dev.genstore.server;

import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.query.Rule;
import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.RollCall;
import dev.genstore.wire.WatcherEnd;
import dev.genstore.wire.WatcherReport;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.IntFunction;

/** {@code GET /debug/watchers}: who watches, and how far behind he is. Thread-safe. */
final class DebugWatchers {
    private static final String PATH = "/debug/watchers";
    private static final String LIMIT = "limit";
    static final int WATCHERS = 100;
    static final int WATCHERS_MAX = 1_000;

    /** Nobody, until there is a store. */
    private volatile IntFunction<RollCall> store = max -> RollCall.NOBODY;

    void follow(Genstore followed) {
        store = followed::watchers;
    }

    void bindTo(GenstoreBuilder builder) {
        builder.context(DebugWatchers.class, resources -> this)
                .bind(
                        Method.GET,
                        PATH,
                        DebugWatchers.class,
                        (request, watchers) -> watchers.answer(request),
                        DebugWatchers::described,
                        Rule.ofScope("metrics"));
    }

    private static Description described() {
        return Description.of("Who watches, and how far behind he is")
                .named("readWatchers")
                .in("signals")
                .with(Parameter.query(
                        LIMIT,
                        "How many are listed at most.",
                        "{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000,\"default\":100}"))
                .answers(Answer.of(
                        200,
                        "Those who are furthest behind, and who ended last.",
                        Content.json("{\"type\":\"object\"}")))
                .problems(ProblemType.INVALID_PARAMETER);
    }

    private Reply answer(Request request) {
        request.query().allowOnly(Set.of(LIMIT));
        RollCall call = store.apply(limit(request));
        return Reply.json(200, Json.write(json(call))).with("Cache-Control", "no-store");
    }

    private static int limit(Request request) {
        String asked = request.query().value(LIMIT).orElse(String.valueOf(WATCHERS));
        if (!asked.matches("[1-9][0-9]{0,3}") || Integer.parseInt(asked) > WATCHERS_MAX) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "'limit' is a number from 1 to " + WATCHERS_MAX + ".");
        }
        return Integer.parseInt(asked);
    }

    private static ObjectNode json(RollCall call) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Instant now = Instant.now();
        var watchers = node.putArray("watchers");
        call.watchers().forEach(each -> watchers.add(json(each, now)));
        var ends = node.putArray("disconnects");
        call.ends().forEach(each -> ends.add(json(each)));
        return node.put("complete", call.isWhole());
    }

    private static ObjectNode json(WatcherReport watcher, Instant now) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("transport", watcher.transport().label())
                .put("watches", watcher.watches())
                .put("lag", watcher.lagRevisions())
                .put("since", text(now.minus(watcher.age())))
                .put("address", watcher.address().toString())
                .put("principal", watcher.principal());
        ifKnown(node, "url", watcher.path());
        ifKnown(node, "position", watcher.position());
        Long bytes = watcher.bytesSent();
        return bytes == null ? node : node.put("bytes", bytes);
    }

    private static ObjectNode json(WatcherEnd end) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("time", text(end.time()))
                .put("cause", end.cause().label())
                .put("transport", end.transport().label())
                .put("address", end.address().toString())
                .put("principal", end.principal());
        ifKnown(node, "url", end.path());
        return node;
    }

    private static void ifKnown(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
