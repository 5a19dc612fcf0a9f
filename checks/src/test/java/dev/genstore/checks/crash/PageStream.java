package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages of changes, each of which waits for a change, by the JDK's client. */
final class PageStream implements Transport.Stream {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
    private static final Pattern SINCE = Pattern.compile("[?&]since=([^&]*)");

    @Override
    public void follow(
            URI server, Asked asked, @Nullable String position, Consumer<Telling> watcher)
            throws IOException, InterruptedException {
        URI url = server.resolve(asked.url(position));
        while (!Thread.currentThread().isInterrupted()) {
            url = server.resolve(page(url, watcher));
        }
    }

    /** Tells what one page has, and returns where the next one is. */
    static String page(URI url, Consumer<Telling> watcher)
            throws IOException, InterruptedException {
        HttpRequest request = Responses.request(url, "application/cloudevents-batch+json")
                .header("Prefer", "wait=2")
                .build();
        HttpResponse<String> response = Responses.CLIENT.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(url + " was answered " + response.body());
        }
        for (JsonNode event : Telling.tree(response.body())) {
            watcher.accept(Telling.of(event));
        }
        String next = first(NEXT, response.headers().firstValue("Link").orElse(""));
        watcher.accept(Telling.seenUpTo(first(SINCE, next)));
        return next;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("'" + text + "' has no " + pattern);
        }
        return matcher.group(1);
    }
}
