package dev.genstore.wire;

import dev.genstore.hub.Watch;
import dev.genstore.query.Asker;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.HttpRequest;
import dev.genstore.wire.http.Recipient;
import dev.genstore.wire.proxy.TrustedProxies;
import dev.genstore.wire.websocket.Handshake;

import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One request and what comes of it: an answer, at once or after waiting, a stream, or a WebSocket.
 *
 * <p>Confined to the peer's loop; what may block runs elsewhere and comes back there.
 */
final class Exchange {
    /** A WebSocket here has no watch before it is commanded to. */
    static final String WATCH_PATH = "/api/_watch";

    /** What a handshake is answered with (RFC 6455, 4.2.2). */
    private static final int SWITCHED = 101;

    private final Peer peer;
    private final Service service;
    private final ReplyLine line;
    private final ByteBudget.Share held;
    private final Recipient recipient;
    private final Admission admission;
    private final Elsewhere elsewhere;
    private final WindowCheck windows;
    private final Charge charge;
    private final Answering answers;
    private final Asker asker = new Asker();
    private RequestTrace trace = RequestTrace.NONE;

    /**
     * An exchange on this line.
     *
     * @param held what its request holds, and then its answer
     */
    Exchange(
            Peer peer,
            Service service,
            ReplyLine line,
            ByteBudget.Share held,
            Recipient recipient) {
        this.peer = peer;
        this.service = service;
        this.line = line;
        this.held = held;
        this.recipient = recipient;
        this.admission = new Admission(peer, service, this::goOn);
        this.answers = new Answering(peer, service, line, admission);
        this.elsewhere = new Elsewhere(service.actions(), this::goOn);
        this.windows = new WindowCheck(service, asker, elsewhere);
        this.charge = new Charge(peer);
    }

    /** Does what the request wants. */
    void begin(HttpRequest received) {
        try {
            seeWhoAsks(received.headers());
            charge.toAddress(received);
            Request request = peer.placed(request(received));
            trace = service.tracer().begin(request, service.router());
            admission.admit(
                    request,
                    admitted -> charge(received, admitted),
                    problem -> shutOut(request, problem));
        } catch (Problem problem) {
            Deed.Asked asked = peer.asked(Principal.STRANGER, received.method(), received.target());
            service.witness().saw(new Deed.Misasked(asked, problem.type()));
            reply(service.cors().readable(received.headers(), Reply.of(problem)));
        }
    }

    private void seeWhoAsks(Headers headers) {
        TrustedProxies proxies = service.settings().entrance().proxies();
        if (proxies.speakInRequests()) {
            peer.speaksFor(proxies.caller(peer.connectedFrom(), headers));
        }
        peer.isBrought(service.unlisted().haveBrought(peer.connectedFrom(), headers));
    }

    /** Who makes it is known only now. */
    private void charge(HttpRequest received, Request request) {
        try {
            charge.to(request.principal());
            List<ByteBudget.Account> holders = peer.visit().holders(request.principal());
            held.of(holders);
            asker.standsFor(holders);
        } catch (Problem problem) {
            refuse(request, problem);
            return;
        }
        begin(received, request);
    }

    private void begin(HttpRequest received, Request request) {
        if (!Handshake.isWanted(received)) {
            begin(request);
            return;
        }
        Consumer<Problem> refused = problem -> answer(request, Reply.of(problem));
        try {
            upgrade(request, Handshake.check(received, service.settings().compression()), refused);
        } catch (Problem problem) {
            refused.accept(problem);
        }
    }

    private void shutOut(Request request, Problem problem) {
        Deed.Asked asked = peer.asked(Principal.STRANGER, request.method().name(), request.path());
        service.witness().saw(new Deed.ShutOut(asked, problem.type()));
        reply(service.cors().apply(request, Reply.of(problem)));
    }

    private void refuse(Request request, Problem problem) {
        answer(request, service.cors().apply(request, Reply.of(problem)));
    }

    private void answer(Request request, Reply reply) {
        service.witness().saw(new Deed.Answered(request, reply));
        reply(reply);
    }

    private void reply(Reply reply) {
        settle();
        trace.answered(reply.status());
        line.reply(charge.mark(reply), recipient);
    }

    /** Ends a waiting early: the peer is gone or the server stops. */
    void end() {
        answers.end();
    }

    /** The peer says nothing more: it is answered now, unless that takes long. */
    void leave() {
        asker.leave();
        end();
    }

    /** The peer is gone. */
    void vanish() {
        asker.vanish();
        trace.ended();
        end();
        settle();
    }

    /** What was looked through for the answer, and written, is counted when that is done. */
    private void settle() {
        peer.look(asker.settle());
        charge.settle(asker.settleBytes());
    }

    /** Ends a waiting early for something that is not seen any more as it was. */
    void review() {
        answers.review();
    }

    private static Request request(HttpRequest received) {
        Method method = Method.named(received.method());
        if (method == null) {
            throw ProblemType.NOT_IMPLEMENTED.because(
                    "The method " + received.method() + " is not known here.");
        }
        return Request.of(
                method, received.target(), received.headers(), received.body().bytes());
    }

    private void begin(Request request) {
        Consumer<Problem> refused = problem -> refuse(request, problem);
        read(
                request,
                () -> service.asking().read(request),
                asked -> begin(request, asked),
                refused);
    }

    private void begin(Request request, Asking asked) {
        switch (asked) {
            case Asking.Reply reply -> act(request, answers.reply(request, reply));
            case Asking.Stream stream -> stream(request, stream);
            case Asking.Snapshot snapshot -> act(request, answers.poll(request, snapshot));
            case Asking.Changes changes -> act(request, answers.page(request, changes));
        }
    }

    /** Reads what is asked for and goes on with it, later if that may take a while. */
    private <T extends Asking> void read(
            Request request, Supplier<T> reading, Consumer<T> next, Consumer<Problem> refused) {
        if (AskingReader.isDear(request)) {
            elsewhere.find(
                    request.path(),
                    reading,
                    asked -> goOn(request, () -> next.accept(asked), refused),
                    refused);
            return;
        }
        try {
            next.accept(reading.get());
        } catch (Problem problem) {
            refused.accept(problem);
        }
    }

    /** Makes the answer where it may block, and sends it from the loop. */
    private void act(Request request, Supplier<Reply> action) {
        service.actions().execute(() -> {
            try {
                Reply reply = service.cors()
                        .apply(request, fitting(request, trace.around(() -> asker.ask(action))));
                service.witness().saw(new Deed.Answered(request, reply));
                onLoop(() -> reply(reply));
            } catch (RuntimeException | Error bug) {
                onLoop(() -> broke(bug));
            }
        });
    }

    /** The same for what is known by now; nothing that goes wrong there may be lost. */
    private void goOn(Runnable next) {
        onLoop(() -> {
            try {
                next.run();
            } catch (RuntimeException | Error bug) {
                broke(bug);
            }
        });
    }

    private void broke(Throwable bug) {
        trace.ended();
        line.broke(bug);
    }

    private void onLoop(Runnable task) {
        try {
            peer.channel().eventLoop().execute(task);
        } catch (RejectedExecutionException stopped) {
            // The loop has ended, and with it the connection that waited for this.
            held.giveBack();
        }
    }

    /** The answer, if there is room for it; from now on it is held instead of the request. */
    private Reply fitting(Request request, Supplier<Reply> action) {
        Reply reply = Outcome.of(request, action);
        return held.holdAnswer(reply.body().length) ? reply : Outcome.noRoom(request, reply);
    }

    private void stream(Request request, Asking.Stream asked) {
        if (!recipient.takesChunks()) {
            throw ProblemType.VERSION_NOT_SUPPORTED.because("A stream needs HTTP/1.1.");
        }
        Consumer<Problem> refused = problem -> refuse(request, problem);
        whenShown(request, asked.watch(), () -> handOver(request, asked), refused);
    }

    private void handOver(Request request, Asking.Stream asked) {
        line.checkMayGoOn();
        peer.visit().requireWatch();
        service.hub().admit(asked.watch());
        Reply head = Reply.of(200)
                .with("Content-Type", StreamConnection.mediaType(asked.transport()))
                .with("Cache-Control", "no-store, no-transform")
                .with("X-Accel-Buffering", "no")
                .with("Incremental", "?1");
        peer.visit().watch();
        trace.answered(head.status());
        line.stream(service.cors().apply(request, head), recipient, asked);
    }

    private void upgrade(Request request, Handshake handshake, Consumer<Problem> refused) {
        service.origins().check(request.headers(), peer.scheme());
        if (request.path().equals(WATCH_PATH)) {
            request.query().allowOnly(Set.of());
            handOver(request, handshake, WebSocketConnection::begin);
            return;
        }
        read(
                request,
                () -> service.asking().readSocket(request),
                asked -> upgrade(request, handshake, asked, refused),
                refused);
    }

    private void upgrade(
            Request request, Handshake handshake, Asking.Stream asked, Consumer<Problem> refused) {
        Runnable next = () -> {
            service.hub().admit(asked.watch());
            handOver(request, handshake, socket -> socket.begin(asked));
        };
        whenShown(request, asked.watch(), next, refused);
    }

    private void handOver(
            Request request, Handshake handshake, Consumer<WebSocketConnection> begin) {
        line.checkMayGoOn();
        peer.visit().requireWatch();
        var socket = new WebSocketConnection(
                peer, service, Handshake.others(request.headers()), handshake.isCompressed());
        peer.visit().watch();
        trace.answered(SWITCHED);
        line.upgrade(handshake, socket, () -> begin.accept(socket));
    }

    /** Goes on when it is known that the watch can be told, which is looked up elsewhere. */
    private void whenShown(Request request, Watch watch, Runnable next, Consumer<Problem> refused) {
        if (windows.isDone(watch)) {
            next.run();
        } else {
            windows.begin(watch, () -> goOn(request, next, refused), refused);
        }
    }

    private void goOn(Request request, Runnable next, Consumer<Problem> refused) {
        settle();
        try {
            admission.requireGood(request);
            next.run();
        } catch (Problem problem) {
            refused.accept(problem);
        }
    }
}
