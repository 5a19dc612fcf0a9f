package dev.genstore.checks.clients;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The JDK's {@link HttpClient}, which gives a stream line by line. */
final class JdkLines implements Client {
    private final Way way;
    private final String mediaType;
    private final Function<Reader, Consumer<String>> parser;

    private JdkLines(Way way, String mediaType, Function<Reader, Consumer<String>> parser) {
        this.way = way;
        this.mediaType = mediaType;
        this.parser = parser;
    }

    /** By Server-Sent Events. */
    static JdkLines events() {
        return new JdkLines(Way.SSE, "text/event-stream", SseLines::new);
    }

    /** By lines of JSON. */
    static JdkLines json() {
        return new JdkLines(Way.NDJSON, "application/x-ndjson", reader -> reader::event);
    }

    @Override
    public Way way() {
        return way;
    }

    @Override
    public boolean comesBack() {
        return false;
    }

    @Override
    public Connection follow(URI url, String since, Reader reader) {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<Stream<String>> response =
                client.sendAsync(request(url, since), BodyHandlers.ofLines()).join();
        Thread.ofVirtual().start(() -> read(response, reader));
        return client::shutdownNow;
    }

    private HttpRequest request(URI url, String since) {
        return way == Way.SSE
                ? HttpRequest.newBuilder(url)
                        .header("Accept", mediaType)
                        .header("Last-Event-ID", since)
                        .build()
                : HttpRequest.newBuilder(Client.since(url, since))
                        .header("Accept", mediaType)
                        .build();
    }

    private void read(HttpResponse<Stream<String>> response, Reader reader) {
        try (Stream<String> lines = response.body()) {
            lines.forEach(parser.apply(reader));
            reader.ended(new Ending.Finished());
        } catch (UncheckedIOException broken) {
            reader.ended(new Ending.Broken(broken.toString()));
        }
    }

    @Override
    public String toString() {
        return "java.net.http.HttpClient, " + way;
    }

    /** Reads the lines of an event stream (WHATWG HTML, 9.2.6); confined to one thread. */
    private static final class SseLines implements Consumer<String> {
        private final Reader reader;
        private String id = "";
        private String type = "";
        private String data = "";

        SseLines(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void accept(String line) {
            String[] field = line.split(": ", 2);
            switch (field[0]) {
                case "id" -> id = field[1];
                case "event" -> type = field[1];
                case "data" -> data = field[1];
                case "retry" -> reader.retry(Integer.parseInt(field[1]));
                default -> dispatch(line);
            }
        }

        private void dispatch(String line) {
            if (!line.isEmpty()) {
                reader.fault("not a line of an event: " + line);
            } else if (!data.isEmpty()) {
                reader.event(data, id, type);
                data = "";
            }
        }
    }
}
