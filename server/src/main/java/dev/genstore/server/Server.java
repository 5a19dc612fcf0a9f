package dev.genstore.server;

import dev.genstore.changelog.Changelog;
import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.query.Rule;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.server.config.Settings;
import dev.genstore.server.metrics.Metrics;
import dev.genstore.server.tracing.OtlpTracing;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.Snapshot;
import dev.genstore.wire.WireSettings;
import dev.genstore.wire.http.HttpLimits;

import java.io.IOException;
import java.util.Map;

/** A {@link Genstore} as the program runs it: by its settings, with health and metrics. */
final class Server {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private Server() {}

    /**
     * Begins to serve.
     *
     * @throws IOException when the address can't be had
     */
    static Genstore start(Settings settings) throws IOException {
        var metrics = new Metrics();
        var watchers = new DebugWatchers();
        Genstore store = builder(settings, watchers)
                .data(settings.data())
                .wire(wire(settings))
                .retention(new Retention(settings.retentionAge(), settings.retentionChanges()))
                .memory(new Changelog.Memory(
                        Integer.highestOneBit(settings.memoryChanges()),
                        Changelog.Memory.DEFAULT.weightMax()))
                .bodyBytesMax(settings.bodyBytesMax())
                .drain(settings.drainTimeout())
                .meters(metrics, metrics)
                .context(Metrics.class, resources -> metrics)
                .bindForEveryone(
                        Method.GET,
                        "/healthz",
                        Metrics.class,
                        (request, figures) -> alive(figures),
                        () -> signal("isAlive", "Whether it is alive"))
                .bindForEveryone(
                        Method.GET,
                        "/readyz",
                        Resources.class,
                        (request, resources) -> ready(resources),
                        () -> signal("isReady", "Whether it serves")
                                .problems(ProblemType.DAMAGED, ProblemType.STORAGE_UNAVAILABLE))
                .bind(
                        Method.GET,
                        "/metrics",
                        Metrics.class,
                        (request, figures) -> Reply.of(200, PROMETHEUS, figures.text()),
                        () -> signal("readMetrics", "The figures of the server, for Prometheus"),
                        Rule.ofScope("metrics"))
                .start();
        metrics.follow(store);
        watchers.follow(store);
        return store;
    }

    private static GenstoreBuilder builder(Settings settings, DebugWatchers watchers) {
        GenstoreBuilder builder = Genstore.builder();
        settings.issuers().forEach(builder::issuer);
        settings.audit().ifPresent(builder::audit);
        settings.otlpEndpoint()
                .map(endpoint -> OtlpTracing.to(endpoint, Map.of()))
                .ifPresent(builder::tracing);
        ConsolePages.bindTo(builder);
        watchers.bindTo(builder);
        return settings.isInsecure() ? builder.insecure() : builder;
    }

    private static Description signal(String name, String summary) {
        return Description.of(summary)
                .named(name)
                .in("signals")
                .answers(Answer.of(200, "It, as text.", Content.text()));
    }

    /** What is amiss is said to those who may read the metrics; nobody else has to know. */
    private static Reply alive(Metrics figures) {
        return Reply.of(
                200,
                TEXT,
                figures.isWell() ? "ok\n" : "ok, but not all is well: see the metrics\n");
    }

    /** A storage that can't be read throws, and the answer is its problem. */
    private static Reply ready(Resources resources) {
        resources.read(Snapshot::head);
        return Reply.of(200, TEXT, "ready\n");
    }

    private static WireSettings wire(Settings settings) {
        WireSettings defaults = WireSettings.of(settings.host(), settings.port());
        return new WireSettings(
                settings.host(),
                settings.port(),
                settings.origins(),
                HttpLimits.DEFAULT.forResourcesOf(settings.bodyBytesMax()),
                settings.pingInterval(),
                settings.pingTimeout(),
                settings.stallTimeout(),
                settings.requestTimeout(),
                defaults.idleTimeout(),
                settings.connectionsMax(),
                defaults.heldBytesMax(),
                defaults.messageBytesMax(),
                settings.sender().kind().orElse(null),
                settings.compression(),
                settings.entrance(),
                settings.clients());
    }
}
