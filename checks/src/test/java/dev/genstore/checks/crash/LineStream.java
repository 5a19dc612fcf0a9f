package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.function.Consumer;

/** Lines of JSON by the JDK's client. A line that was cut off was not told. */
final class LineStream implements Transport.Stream {
    @Override
    public void follow(
            URI server, Asked asked, @Nullable String position, Consumer<Telling> watcher)
            throws IOException, InterruptedException {
        HttpRequest request = Responses.request(
                        server.resolve(asked.url(position)), "application/x-ndjson")
                .build();
        try (var in = new BufferedInputStream(Responses.stream(request))) {
            for (String line = Responses.line(in); line != null; line = Responses.line(in)) {
                watcher.accept(Telling.read(line));
            }
        }
    }
}
