package dev.genstore.server.tracing;

import dev.genstore.server.config.UsageError;
import dev.genstore.wire.Tracing;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a collector, by OTLP over HTTP. What else there is to say is said by the variables
 * that OpenTelemetry has for it: {@code OTEL_TRACES_SAMPLER}, {@code OTEL_SERVICE_NAME}, {@code
 * OTEL_EXPORTER_OTLP_HEADERS} and others.
 *
 * <p>What waits to be sent has a bound, and what is over it is lost: nobody waits for a collector.
 */
public final class OtlpTracing {
    private static final String SCOPE = "dev.genstore";
    private static final String TRACES = "/v1/traces";

    /** How many spans wait to be sent, unless a variable says otherwise; more are lost. */
    static final int WAITING_MAX = 2_048;

    /** How long a server that stops waits until the last ones are sent. */
    private static final long LAST_SECONDS = 2;

    private OtlpTracing() {}

    /**
     * Begins to trace.
     *
     * @param endpoint of the collector; spans go to the path {@code v1/traces} below it
     * @param defaults hold where neither a variable nor a system property says anything
     * @throws UsageError when a variable says what can't be
     */
    public static Tracing to(URI endpoint, Map<String, String> defaults) {
        LibraryLog.open();
        OpenTelemetrySdk sdk = configured(endpoint, defaults);
        return new Spans(sdk.getTracer(SCOPE), () -> end(sdk)).tracing();
    }

    private static OpenTelemetrySdk configured(URI endpoint, Map<String, String> defaults) {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(OtlpTracing::usual)
                    .addPropertiesSupplier(() -> defaults)
                    .addPropertiesCustomizer(said -> fixed(endpoint))
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException wrong) {
            throw new UsageError("Traces can't be made: " + wrong.getMessage());
        }
    }

    private static Map<String, String> usual() {
        return Map.of(
                "otel.service.name",
                "genstore",
                "otel.bsp.max.queue.size",
                Integer.toString(WAITING_MAX));
    }

    /** There are neither metrics nor logs to send, and no library for gRPC. */
    private static Map<String, String> fixed(URI endpoint) {
        return Map.of(
                "otel.exporter.otlp.traces.endpoint",
                endpoint.toString().replaceFirst("/$", "") + TRACES,
                "otel.exporter.otlp.traces.protocol",
                "http/protobuf",
                "otel.metrics.exporter",
                "none",
                "otel.logs.exporter",
                "none");
    }

    private static void end(OpenTelemetrySdk sdk) {
        sdk.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
