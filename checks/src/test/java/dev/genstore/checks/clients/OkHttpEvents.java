package dev.genstore.checks.clients;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/** OkHttp's EventSource, which leaves coming back to its user. */
final class OkHttpEvents implements Client {
    private static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();

    @Override
    public Way way() {
        return Way.SSE;
    }

    @Override
    public boolean comesBack() {
        return false;
    }

    @Override
    public Connection follow(URI url, String since, Reader reader) {
        Request request = new Request.Builder()
                .url(url.toString())
                .header("Last-Event-ID", since)
                .build();
        EventSource source =
                EventSources.createFactory(CLIENT).newEventSource(request, new Listener(reader));
        return source::cancel;
    }

    @Override
    public String toString() {
        return "okhttp3.sse.EventSource";
    }

    private static final class Listener extends EventSourceListener {
        private final Reader reader;

        Listener(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void onEvent(
                EventSource source, @Nullable String id, @Nullable String type, String data) {
            reader.event(
                    data, Objects.requireNonNull(id, "id"), Objects.requireNonNull(type, "type"));
        }

        @Override
        public void onClosed(EventSource source) {
            reader.ended(new Ending.Finished());
        }

        @Override
        public void onFailure(
                EventSource source, @Nullable Throwable failure, @Nullable Response response) {
            reader.ended(new Ending.Broken(failure + " " + response));
        }
    }
}
