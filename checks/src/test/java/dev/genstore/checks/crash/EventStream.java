package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Server-Sent Events by the JDK's client. An event without its empty line was not told. */
final class EventStream implements Transport.Stream {
    @Override
    public void follow(
            URI server, Asked asked, @Nullable String position, Consumer<Telling> watcher)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                Responses.request(server.resolve(asked.url(null)), "text/event-stream");
        if (position != null) {
            request.header("Last-Event-ID", position);
        }
        try (var in = new BufferedInputStream(Responses.stream(request.build()))) {
            Map<String, String> fields = fields(in);
            while (fields != null) {
                tell(fields, watcher);
                fields = fields(in);
            }
        }
    }

    /** The fields of the next event, or null at the end. */
    private static @Nullable Map<String, String> fields(InputStream in) throws IOException {
        var fields = new HashMap<String, String>();
        for (String line = Responses.line(in); line != null; line = Responses.line(in)) {
            if (line.isEmpty()) {
                return fields;
            }
            String[] field = line.split(": ", 2);
            fields.put(field[0], field[1]);
        }
        return null;
    }

    private static void tell(Map<String, String> fields, Consumer<Telling> watcher) {
        String data = fields.get("data");
        if (data == null) {
            return;
        }
        Telling telling = Telling.read(data);
        if (!telling.position().equals(fields.get("id"))
                || !telling.type().equals(fields.get("event"))) {
            throw new IllegalStateException("An event around another one: " + fields);
        }
        watcher.accept(telling);
    }
}
