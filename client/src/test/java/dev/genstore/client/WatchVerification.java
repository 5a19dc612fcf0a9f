package dev.genstore.client;

import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A watch of a server that has always something to tell; run by {@link ReactiveStreamsTest}. */
public class WatchVerification extends FlowPublisherVerification<Event<JsonNode>> {
    private static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();
    private static final HttpClient UNUSED = HttpClient.newHttpClient();
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long NOTHING_COMES_MILLIS = 50;

    public WatchVerification() {
        super(new TestEnvironment(PATIENCE_MILLIS, NOTHING_COMES_MILLIS));
    }

    @Override
    public Flow.Publisher<Event<JsonNode>> createFlowPublisher(long elements) {
        return watch((path, refused, ear) -> new Talking(ear));
    }

    @Override
    public Flow.Publisher<Event<JsonNode>> createFailedFlowPublisher() {
        return watch((path, refused, ear) -> {
            ear.ended(new Problem(4403, "/problems/forbidden", "Not for you."));
            return new Silent();
        });
    }

    /** It does not end by itself. */
    @Override
    public long maxElementsFromPublisher() {
        return publisherUnableToSignalOnComplete();
    }

    private static Flow.Publisher<Event<JsonNode>> watch(Transport transport) {
        return GenstoreClient.builder(URI.create("http://store.example"))
                .executor(EXECUTOR)
                .timer((delay, action) -> () -> {})
                .http(UNUSED)
                .ladder(all -> List.of(transport))
                .build()
                .watch("/api/notes", JsonNode.class);
    }

    private record Silent() implements Transport.Connection {
        @Override
        public void more() {}

        @Override
        public void close() {}
    }

    /** Tells another change whenever it may. */
    private static final class Talking implements Transport.Connection {
        private final Transport.Ear ear;
        private final AtomicLong revision = new AtomicLong();

        Talking(Transport.Ear ear) {
            this.ear = ear;
            more();
        }

        @Override
        public void more() {
            long next = revision.incrementAndGet();
            EXECUTOR.execute(() -> ear.told(List.of(Message.read(
                    JsonMapper.shared(),
                    "{\"type\":\"updated\",\"id\":\"k3f9-" + next + "\",\"subject\":\"7\","
                            + "\"time\":\"2026-01-01T00:00:00Z\",\"data\":{}}"))));
        }

        @Override
        public void close() {}
    }
}
