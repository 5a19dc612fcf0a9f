package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Makes messages of the bytes of a body, a line each, and asks for bytes only when it is asked for
 * messages. The body is told by one thread at a time; {@link #more} and {@link #cancel} are
 * thread-safe.
 */
final class Lines implements BodySubscriber<Optional<Problem>> {
    private final JsonMapper mapper;
    private final Transport.Ear ear;
    private final CompletableFuture<Optional<Problem>> over = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile Flow.@Nullable Subscription bytes;
    private volatile boolean isCancelled;

    Lines(JsonMapper mapper, Transport.Ear ear) {
        this.mapper = mapper;
        this.ear = ear;
    }

    void more() {
        Flow.Subscription open = bytes;
        if (open != null) {
            open.request(1);
        }
    }

    void cancel() {
        isCancelled = true;
        Flow.Subscription open = bytes;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public CompletionStage<Optional<Problem>> getBody() {
        return over;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        bytes = subscription;
        if (isCancelled) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        try {
            var portion = new ArrayList<Message>();
            pieces.forEach(piece -> read(piece, portion));
            if (portion.isEmpty()) {
                more();
            } else {
                ear.told(portion);
            }
        } catch (RuntimeException failure) {
            cancel();
            over.completeExceptionally(failure);
        }
    }

    private void read(ByteBuffer piece, List<Message> portion) {
        while (piece.hasRemaining()) {
            byte next = piece.get();
            if (next != '\n') {
                line.write(next);
            } else if (line.size() > 0) {
                portion.add(Message.read(mapper, line.toString(StandardCharsets.UTF_8)));
                line.reset();
            }
        }
        if (line.size() > Message.BYTES_MAX) {
            throw Message.tooLarge();
        }
    }

    @Override
    public void onError(Throwable failure) {
        over.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        over.complete(Optional.empty());
    }
}
