package dev.genstore.checks.clients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK's {@link HttpClient} in a loop of long polls: each page links to the next one. */
final class JdkPages implements Client {
    private static final long PAUSE_MILLIS = 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @Override
    public Way way() {
        return Way.PAGES;
    }

    /** What failed is asked again. */
    @Override
    public boolean comesBack() {
        return true;
    }

    @Override
    public Connection follow(URI url, String since, Reader reader) {
        HttpClient client = HttpClient.newHttpClient();
        var left = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> poll(client, Client.since(url, since), reader, left));
        return () -> {
            left.countDown();
            client.shutdownNow();
        };
    }

    private static void poll(HttpClient client, URI first, Reader reader, CountDownLatch left) {
        URI page = first;
        try {
            while (!left.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                page = pollUntilBroken(client, page, reader);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it got to. */
    private static URI pollUntilBroken(HttpClient client, URI first, Reader reader)
            throws InterruptedException {
        URI page = first;
        try {
            while (true) {
                page = next(page, client.send(request(page), BodyHandlers.ofString()), reader);
            }
        } catch (IOException broken) {
            reader.ended(new Ending.Broken(broken.toString()));
            return page;
        }
    }

    private static HttpRequest request(URI page) {
        return HttpRequest.newBuilder(page)
                .header("Accept", "application/cloudevents-batch+json")
                .header("Prefer", "wait=20")
                .build();
    }

    private static URI next(URI page, HttpResponse<String> response, Reader reader) {
        Matcher link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
        if (response.statusCode() != 200 || !link.matches()) {
            reader.fault("no page: " + response);
            return page;
        }
        reader.batch(response.body());
        return page.resolve(link.group(1));
    }

    @Override
    public String toString() {
        return "java.net.http.HttpClient, " + Way.PAGES;
    }
}
