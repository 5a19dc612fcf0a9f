package dev.genstore.server.metrics;

import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.audit.AuditLog;
import dev.genstore.store.CommitMeter;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.WireMeter;
import dev.genstore.wire.rates.Refusal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/** The figures of {@code /metrics}. Thread-safe. */
public final class Metrics implements WireMeter, CommitMeter {
    private static final double[] BATCH_SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    private static final Duration[] COMMIT_TIMES = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Transport, AtomicInteger> connections = new EnumMap<>(Transport.class);
    private final Map<DisconnectCause, Counter> disconnects = new EnumMap<>(DisconnectCause.class);
    private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);

    /** They are bound when somebody first asks, so a start need not load the JVM's beans. */
    private final AtomicBoolean hasProcess = new AtomicBoolean();

    private final Counter deliveries = registry.counter("genstore.deliveries");
    private final Counter commits = registry.counter("genstore.commits");
    private final DistributionSummary batchSize = DistributionSummary.builder(
                    "genstore.commit.batch.size")
            .serviceLevelObjectives(BATCH_SIZES)
            .register(registry);
    private final Timer commitTime = Timer.builder("genstore.commit")
            .serviceLevelObjectives(COMMIT_TIMES)
            .register(registry);

    /** Until a store is followed there is nothing that could fail. */
    private volatile BooleanSupplier isWell = () -> true;

    public Metrics() {
        for (Transport transport : Transport.values()) {
            connections.put(transport, connectionGauge(transport));
        }
        for (DisconnectCause cause : DisconnectCause.values()) {
            disconnects.put(
                    cause, registry.counter("genstore.disconnects", "cause", cause.label()));
        }
        for (Refusal of : Refusal.values()) {
            refusals.put(of, registry.counter("genstore.refused", "cause", of.label()));
        }
        Gauge.builder("genstore.watchers", this, Metrics::watchers).register(registry);
    }

    private AtomicInteger connectionGauge(Transport transport) {
        var count = new AtomicInteger();
        Gauge.builder("genstore.connections", count, AtomicInteger::get)
                .tag("transport", transport.label())
                .register(registry);
        if (transport.isWatching()) {
            Gauge.builder("genstore.watchers.by.transport", count, AtomicInteger::get)
                    .tag("transport", transport.label())
                    .register(registry);
        }
        return count;
    }

    /** Adds the figures that the store itself knows. */
    public void follow(Genstore store) {
        gauge("genstore.head.revision", store, Genstore::headRevision);
        gauge("genstore.horizon.revision", store, Genstore::horizonRevision);
        gauge("genstore.watch.lag.revisions.max", store, Genstore::watchLagRevisionsMax);
        gauge("genstore.held.bytes", store, Genstore::heldBytes);
        gauge("genstore.feeds", store, Genstore::feedCount);
        store.audit().ifPresent(this::follow);
        Gauge.builder("genstore.sender.info", () -> 1)
                .tag("sender", store.sender().kind().label())
                .tag("reason", store.sender().reason())
                .register(registry);
    }

    private void follow(AuditLog audit) {
        FunctionCounter.builder("genstore.audit.lines", audit, AuditLog::written)
                .register(registry);
        FunctionCounter.builder("genstore.audit.lost.lines", audit, AuditLog::lost)
                .register(registry);
        Gauge.builder("genstore.audit.failing", audit, log -> log.isFailing() ? 1 : 0)
                .register(registry);
        isWell = () -> !audit.isFailing();
    }

    private void gauge(String name, Genstore store, ToDoubleFunction<Genstore> figure) {
        Gauge.builder(name, store, figure).register(registry);
    }

    /** Whether everything works that the server goes on without. */
    public boolean isWell() {
        return isWell.getAsBoolean();
    }

    /** All figures in the text format of Prometheus. */
    public String text() {
        if (!hasProcess.getAndSet(true)) {
            ProcessFigures.bindTo(registry);
        }
        return registry.scrape();
    }

    private double watchers() {
        return connections.entrySet().stream()
                .filter(entry -> entry.getKey().isWatching())
                .mapToInt(entry -> entry.getValue().get())
                .sum();
    }

    @Override
    public void connected() {
        count(Transport.HTTP).incrementAndGet();
    }

    @Override
    public void switched(Transport from, Transport to) {
        count(from).decrementAndGet();
        count(to).incrementAndGet();
    }

    @Override
    public void disconnected(Transport transport, DisconnectCause cause) {
        count(transport).decrementAndGet();
        Objects.requireNonNull(disconnects.get(cause)).increment();
    }

    @Override
    public void delivered(int events) {
        deliveries.increment(events);
    }

    @Override
    public void refused(Refusal of) {
        Objects.requireNonNull(refusals.get(of)).increment();
    }

    @Override
    public void committed(int changes, long nanos) {
        if (changes > 0) {
            commits.increment();
            batchSize.record(changes);
            commitTime.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private AtomicInteger count(Transport transport) {
        return Objects.requireNonNull(connections.get(transport));
    }
}
