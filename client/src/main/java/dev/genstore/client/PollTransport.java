package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By pages of changes until there are no more, and then by one page that waits for the next change.
 * Thread-safe.
 */
final class PollTransport implements Transport {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>");
    private static final Pattern SINCE = Pattern.compile("[?&]since=([^&]*)");
    private static final int OK = 200;
    private static final long WAIT_SECONDS_MAX = 25;

    private final Requests requests;
    private final Executor executor;
    private final long waitSeconds;

    /**
     * A transport.
     *
     * @param silence a page is waited for half as long at most
     */
    PollTransport(Requests requests, Executor executor, Duration silence) {
        this.requests = requests;
        this.executor = executor;
        this.waitSeconds = Math.clamp(silence.toSeconds() / 2, 1, WAIT_SECONDS_MAX);
    }

    @Override
    public Connection open(String path, boolean refused, Ear ear) {
        var poll = new Poll(path, refused, ear);
        poll.more();
        return poll;
    }

    /** One page behind the other; each is asked for when the last one is here. Thread-safe. */
    private final class Poll implements Connection {
        private final boolean refused;
        private final Ear ear;
        private volatile @Nullable CompletableFuture<?> page;
        private volatile boolean isClosed;
        private volatile String next;
        private volatile boolean isAtHead;

        Poll(String path, boolean refused, Ear ear) {
            this.next = path;
            this.refused = refused;
            this.ear = ear;
        }

        @Override
        public void more() {
            executor.execute(this::ask);
        }

        @Override
        public void close() {
            isClosed = true;
            CompletableFuture<?> open = page;
            if (open != null) {
                open.cancel(true);
            }
        }

        private void ask() {
            try {
                HttpRequest.Builder request = requests.to(next, refused)
                        .header("Accept", "application/cloudevents-batch+json")
                        .version(HttpClient.Version.HTTP_1_1);
                if (isAtHead) {
                    request.header("Prefer", "wait=" + waitSeconds);
                }
                follow(requests.http()
                        .sendAsync(
                                request.build(),
                                BodyHandlers.limiting(
                                        BodyHandlers.ofByteArray(), Message.BYTES_MAX)));
            } catch (RuntimeException failure) {
                ear.ended(failure);
            }
        }

        private void follow(CompletableFuture<HttpResponse<byte[]>> asked) {
            page = asked;
            if (isClosed) {
                asked.cancel(true);
            }
            asked.whenComplete((answer, failure) -> {
                if (answer == null) {
                    ear.ended(failure);
                } else {
                    take(answer);
                }
            });
        }

        private void take(HttpResponse<byte[]> answer) {
            if (answer.statusCode() != OK) {
                ear.ended(requests.problem(answer.statusCode(), answer.headers(), answer.body()));
                return;
            }
            try {
                ear.told(read(answer));
            } catch (JacksonException | IllegalArgumentException unreadable) {
                ear.ended(unreadable);
            }
        }

        /**
         * Its events, and how far it reads. A page that is empty and leads nowhere else is the
         * head; others have read on up to their {@code since}.
         */
        private List<Message> read(HttpResponse<byte[]> answer) {
            JsonNode page = requests.mapper().readTree(answer.body());
            String link = found(NEXT, answer.headers().firstValue("Link").orElse(""));
            var portion = new ArrayList<Message>();
            page.forEach(event -> portion.add(Message.of(event)));
            boolean isQuiet = portion.isEmpty() && link.equals(next);
            boolean isReset = portion.stream().anyMatch(one -> one.type() == Message.Type.RESET);
            String position = URLDecoder.decode(found(SINCE, link), StandardCharsets.UTF_8);
            portion.add(Message.at(
                    isQuiet ? Message.Type.SYNCED : Message.Type.AT,
                    position,
                    requests.mapper().createObjectNode()));
            isAtHead = isQuiet || (isAtHead && !isReset);
            next = link;
            return portion;
        }

        private static String found(Pattern pattern, @Nullable String text) {
            Matcher matcher = pattern.matcher(text == null ? "" : text);
            if (!matcher.find()) {
                throw new IllegalArgumentException("not a page of changes");
            }
            return matcher.group(1);
        }
    }
}
