package dev.genstore.wire;

import dev.genstore.hub.Progress;
import dev.genstore.hub.ResetReason;
import dev.genstore.hub.Start;
import dev.genstore.resource.Position;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.longpoll.Patience;
import dev.genstore.wire.longpoll.ProgressCursor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a request is answered that has one answer, at once or after waiting. Nobody is answered behind a
 * wait who may not stay any more, or by what he may not see any more.
 *
 * <p>Confined to the peer's loop; what it gives to be run may block, and runs elsewhere.
 */
final class Answering {
    private final Peer peer;
    private final Service service;
    private final ReplyLine line;
    private final Admission admission;
    private @Nullable Patience patience;
    private @Nullable Sight sight;
    private boolean isEnded;

    Answering(Peer peer, Service service, ReplyLine line, Admission admission) {
        this.peer = peer;
        this.service = service;
        this.line = line;
        this.admission = admission;
    }

    /** Ends a waiting early: the peer is gone or the server stops. */
    void end() {
        isEnded = true;
        if (patience != null) {
            patience.end();
        }
    }

    /** Ends a waiting early for something that is not seen any more as it was. */
    void review() {
        if (patience != null && sight != null && sight.now() != Sight.Now.SAME) {
            patience.end();
        }
    }

    /** What is only read may have waited for its turn, and is told to nobody who may not stay. */
    Supplier<Reply> reply(Request request, Asking.Reply asked) {
        Awaiting awaiting = asked.awaiting();
        if (awaiting == null) {
            Supplier<Reply> answer = () -> service.router().answer(request);
            return request.method().isSafe() ? admission.checked(request, answer) : answer;
        }
        Patience given = waitFor(asked.patience());
        return admission.checked(request, () -> {
            boolean hasWaited = arrive(awaiting, asked.request(), given);
            Reply reply = service.router().answer(request);
            return hasWaited ? applied(asked.patience(), reply) : reply;
        });
    }

    /** Whether something is news, as soon as it is. */
    Supplier<Reply> poll(Request request, Asking.Snapshot asked) {
        Patience given = waitFor(asked.patience());
        sight = asked.sight();
        return admission.checked(request, () -> {
            arrive(asked.awaiting(), asked.request(), given);
            return applied(asked.patience(), snapshot(request, asked, given));
        });
    }

    /** Whether it is news may not be told any more where the rules became others. */
    private Reply snapshot(Request request, Asking.Snapshot asked, Patience given) {
        Reply reply = service.polls().answer(request, asked.sight().view(), given);
        return asked.sight().now() == Sight.Now.SAME ? reply : service.router().answer(request);
    }

    /** Waits until the server has come to the position that is asked for, if one is. */
    private boolean arrive(@Nullable Awaiting awaiting, Request found, Patience given) {
        Optional<Position> position = awaiting == null ? Optional.empty() : awaiting.awaited(found);
        position.ifPresent(there -> service.arrivals().await(there, given));
        return position.isPresent();
    }

    /** Changes, as soon as there are some. */
    Supplier<Reply> page(Request request, Asking.Changes asked) {
        Progress from = from(request, asked);
        Patience given = waitFor(asked.patience());
        sight = asked.sight();
        return admission.checked(
                request, () -> applied(asked.patience(), page(request, asked, from, given)));
    }

    /** What was read while the rules became others may be what must not be seen any more. */
    private Reply page(Request request, Asking.Changes asked, Progress from, Patience given) {
        Reply reply = service.pages().answer(request, asked.watch(), from, given);
        if (asked.sight().now() == Sight.Now.SAME) {
            return reply;
        }
        Asking.Changes again = asked.again();
        return page(request, again, from(request, again), given);
    }

    /**
     * A cursor says more than the position beside it, as long as that is of this history; of one who was
     * told anew, that he was.
     */
    private Progress from(Request request, Asking.Changes asked) {
        Start start = asked.sight().begin(AskingReader.start(request));
        Progress progress = service.pages().begin(asked.watch(), start);
        return switch (progress) {
            case Progress.Log _, Progress.State _ -> cursor(request).orElse(progress);
            case Progress.Lost(ResetReason reason)
            when reason == ResetReason.RULES_CHANGED ->
                cursor(request).filter(asked.sight()::isRecent).orElse(progress);
            case Progress.Lost _, Progress.Between _, Progress.Searching _ -> progress;
        };
    }

    private static Optional<Progress> cursor(Request request) {
        return request.query().value("cursor").map(ProgressCursor::read);
    }

    private Patience waitFor(Duration duration) {
        if (!duration.isZero()) {
            peer.converse(Transport.POLL, line);
        }
        var given = new Patience(isEnded ? Duration.ZERO : duration);
        patience = given;
        return given;
    }

    private static Reply applied(Duration waited, Reply reply) {
        return waited.isZero()
                ? reply
                : reply.with("Preference-Applied", "wait=" + waited.toSeconds());
    }
}
