package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.router.Headers;
import dev.genstore.wire.rates.Refusal;
import dev.genstore.wire.websocket.CloseCode;
import dev.genstore.wire.websocket.DeflateForm;
import dev.genstore.wire.websocket.FrameDecoder;
import dev.genstore.wire.websocket.Frames;
import dev.genstore.wire.websocket.Message;
import dev.genstore.wire.websocket.ProtocolViolation;
import dev.genstore.wire.websocket.WebSocketFraming;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

import org.jspecify.annotations.Nullable;

/**
 * A watcher by WebSocket (RFC 6455), and further ones that its client has commanded. It is read all
 * the time, but not while there is too much that the client was answered and has not read, and pinged
 * now and then.
 *
 * <pre>
 *          we close                      its Close, or too late
 * OPEN ───────────────▶ CLOSING ───────────────────────────────▶ (gone)
 *   │                                                              ▲
 *   └── its Close, which we echo ──────────────────────────────────┘
 * </pre>
 *
 * <p>Confined to the peer's loop.
 */
final class WebSocketConnection extends WatchingConnection {
    private static final WebSocketFraming PLAIN = new WebSocketFraming();
    private static final DeflateForm DEFLATED = new DeflateForm(PLAIN);
    /** So many commands are done before others on the loop have their turn. */
    private static final int COMMANDS_MAX = 32;

    private static final long CLOSING_NANOS = 2_000_000_000L;

    private final Service service;
    private final boolean isCompressed;
    private final PingSchedule pings;
    private final Headers headers;
    private final Inbox inbox;
    private final UnreadAnswers unread;
    private @Nullable Commands commands;
    private @Nullable FrameDecoder decoder;

    private State state = State.OPEN;
    private long closingNanos;

    /** A command waits for what is looked up elsewhere, and what comes behind it for the command. */
    private boolean isLookingUp;

    private enum State {
        OPEN,
        CLOSING
    }

    /**
     * A connection behind its handshake.
     *
     * @param headers those that came with the handshake
     * @param isCompressed whether it was agreed that messages may be compressed
     */
    WebSocketConnection(Peer peer, Service service, Headers headers, boolean isCompressed) {
        super(peer);
        this.service = service;
        this.headers = peer.peers().remembered(headers);
        this.inbox = new Inbox(peer);
        this.unread = new UnreadAnswers(peer.channel());
        this.isCompressed = isCompressed;
        this.pings = new PingSchedule(service.settings(), System.nanoTime());
    }

    /** Begins; the answer to the handshake is written. What it tells, commands will say. */
    void begin() {
        peer().converse(Transport.WEBSOCKET, this);
        peer().watches().began(Exchange.WATCH_PATH);
    }

    /** Begins to tell; the answer to the handshake is written. */
    void begin(Asking.Stream asked) {
        if (isCompressed) {
            watch(asked, DEFLATED);
        } else {
            watch(asked, PLAIN);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        pings.heard();
        ByteBuf bytes = (ByteBuf) read;
        if (inbox.isHolding()) {
            inbox.hold(bytes);
            bytes.release();
        } else {
            take(bytes);
        }
    }

    private void take(ByteBuf bytes) {
        try {
            decode(bytes);
        } catch (ProtocolViolation violation) {
            refuse(violation);
        } finally {
            bytes.release();
        }
    }

    /** What follows is not understood any more, its Close neither, so the peer is told the end. */
    private void refuse(ProtocolViolation violation) {
        boolean tooBig = violation.closeCode() == CloseCode.TOO_BIG;
        close(
                violation.closeCode(),
                violation.reason(),
                tooBig ? DisconnectCause.LIMIT : DisconnectCause.PROTOCOL_ERROR,
                peer()::endOutput);
    }

    private void decode(ByteBuf bytes) {
        Decoders decoders = peer().peers().decoders(isCompressed);
        FrameDecoder its = decoder == null ? decoders.take() : decoder;
        decoder = its;
        decode(bytes, its);
        decoder = decoders.giveBack(its);
    }

    private void decode(ByteBuf bytes, FrameDecoder by) {
        int left = COMMANDS_MAX;
        Message message = by.decode(bytes);
        while (message != null) {
            receive(message);
            if (message instanceof Message.Text && isTurnOver(--left)) {
                keep(bytes);
                return;
            }
            message = by.decode(bytes);
        }
    }

    private boolean isTurnOver(int commandsLeft) {
        return state == State.OPEN
                && (isLookingUp || commandsLeft <= 0 || !unread.hasRoomForCommand());
    }

    /** Goes on with the rest when the answers are with the peer. */
    private void keep(ByteBuf rest) {
        inbox.hold(rest);
        readOnWhenDone();
    }

    private void readOnWhenDone() {
        if (unread.isEmpty() && !isLookingUp) {
            readOnLater();
        }
    }

    /** Not at once: this may be called while watchers are being told. */
    private void readOnLater() {
        peer().channel().eventLoop().execute(this::readOn);
    }

    private void readOn() {
        if (inbox.isHolding()) {
            pings.heard();
            take(inbox.open());
            peer().channel().flush();
        }
    }

    private void receive(Message message) {
        if (state == State.OPEN && inbox.isTooMuch(message)) {
            peer().peers().meter().refused(Refusal.MESSAGES);
            close(CloseCode.POLICY, "Send fewer messages and pings.", DisconnectCause.LIMIT);
            return;
        }
        switch (message) {
            case Message.Text command -> obey(command.text());
            case Message.Binary ignored ->
                close(
                        CloseCode.UNSUPPORTED,
                        "Only text messages are understood.",
                        DisconnectCause.PROTOCOL_ERROR);
            case Message.Ping ping -> answer(Frames.pong(ping.payload().bytes()));
            case Message.Pong ignored -> {}
            case Message.Close close -> closedByPeer(close);
        }
    }

    private void obey(String command) {
        if (state == State.OPEN) {
            isLookingUp =
                    !commands().obey(command, text -> answer(Frames.text(text)), this::lookedUp);
        }
    }

    private void lookedUp() {
        isLookingUp = false;
        peer().channel().flush();
        if (inbox.isHolding()) {
            inbox.progressed();
            readOnWhenDone();
        }
    }

    @Override
    int watchCount() {
        return super.watchCount() + (commands == null ? 0 : commands.count());
    }

    @Override
    long lagRevisions() {
        return Math.max(super.lagRevisions(), commands == null ? 0 : commands.lagRevisions());
    }

    private Commands commands() {
        Commands known = commands;
        if (known == null) {
            known = new Commands(peer(), service, sink(), PLAIN, headers, isWatching() ? 1 : 0);
            commands = known;
        }
        return known;
    }

    /**
     * What a peer makes us say, it must read: else it could fill the memory. The answers to what was
     * read at once are sent at once, so that a flood of pings does not keep the loop from others.
     */
    private void answer(ByteBuf frame) {
        int bytes = UnreadAnswers.weight(frame);
        if (state == State.OPEN && !unread.hasRoomFor(bytes)) {
            close(
                    CloseCode.POLICY,
                    "Read the answers before you send more.",
                    DisconnectCause.LIMIT);
        }
        if (state != State.OPEN) {
            frame.release();
            return;
        }
        unread.add(bytes);
        sink().control(frame).addListener(written -> answered(bytes));
    }

    private void answered(int bytes) {
        unread.remove(bytes);
        if (inbox.isHolding()) {
            inbox.progressed();
            readOnWhenDone();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    private void closedByPeer(Message.Close close) {
        Runnable end = () -> peer().close(DisconnectCause.CLIENT_CLOSED);
        if (state == State.CLOSING) {
            end.run();
        } else {
            close(close.code(), "", DisconnectCause.CLIENT_CLOSED, end);
        }
    }

    private void close(int code, String reason, DisconnectCause cause) {
        close(code, reason, cause, () -> {});
    }

    private void close(int code, String reason, DisconnectCause cause, Runnable whenSent) {
        if (state == State.CLOSING) {
            return;
        }
        state = State.CLOSING;
        peer().blame(cause);
        endWatching();
        closingNanos = System.nanoTime();
        peer().channel()
                .writeAndFlush(Frames.close(code, reason))
                .addListener(written -> whenSent.run());
    }

    @Override
    public void sweep(long nowNanos) {
        switch (state) {
            case OPEN -> sweepOpen(nowNanos);
            case CLOSING -> sweepClosing(nowNanos);
        }
    }

    private void sweepOpen(long nowNanos) {
        long patienceNanos = service.settings().stallTimeout().toNanos();
        boolean isUnread = !isLookingUp && inbox.isStalled(nowNanos, patienceNanos);
        if (sink().isStalled(nowNanos, patienceNanos) || isUnread) {
            close(
                    CloseCode.TOO_SLOW,
                    "You read too slowly; come back with your position.",
                    DisconnectCause.STALLED);
        } else if (!sink().isBusy() && !inbox.isHolding()) {
            ping(nowNanos);
        }
    }

    /** Behind frames that wait for the peer, a ping would wait too; those are watched for a stall. */
    private void ping(long nowNanos) {
        switch (pings.look(nowNanos)) {
            case QUIET -> {}
            case PING -> {
                answer(Frames.ping());
                peer().channel().flush();
            }
            case GONE -> peer().close(DisconnectCause.SILENT);
        }
    }

    private void sweepClosing(long nowNanos) {
        if (nowNanos - closingNanos >= CLOSING_NANOS) {
            peer().close(DisconnectCause.CLIENT_CLOSED);
        }
    }

    @Override
    void endWatching() {
        super.endWatching();
        if (commands != null) {
            commands.close();
        }
        if (inbox.isHolding()) {
            readOnLater(); // there may be its Close
        }
    }

    @Override
    public void ended() {
        inbox.drop();
        super.ended();
    }

    @Override
    public void stop(int retryAfterMillis) {
        close(CloseCode.GOING_AWAY, "retry-after=" + retryAfterMillis, DisconnectCause.STOPPING);
    }

    /**
     * Who comes back is told anew; who may see nothing at its own URL any more need not come back. A
     * command for what may not be seen is refused then.
     */
    @Override
    public void review(int retryAfterMillis) {
        Sight.Now own = sightNow();
        Sight.Now others = commands == null ? Sight.Now.SAME : commands.sightNow();
        if (own == Sight.Now.NOTHING) {
            close(
                    CloseCode.FORBIDDEN,
                    "The rules do not let you see this any more.",
                    DisconnectCause.RULES_CHANGED);
        } else if (own == Sight.Now.OTHER || others != Sight.Now.SAME) {
            close(
                    CloseCode.RESTART,
                    "retry-after=" + retryAfterMillis,
                    DisconnectCause.RULES_CHANGED);
        }
    }

    @Override
    boolean isOpen() {
        return state == State.OPEN;
    }

    @Override
    public void warn(long untilMillis) {
        super.warn(untilMillis);
        if (commands != null) {
            commands.warn(untilMillis);
        }
    }

    @Override
    public void dismiss() {
        close(
                CloseCode.CREDENTIALS,
                "The credentials have expired or were revoked.",
                DisconnectCause.CREDENTIALS);
    }

    @Override
    void fail(RuntimeException cause) {
        if (cause instanceof Problem problem && problem.type().status() < 500) {
            String reason = problem.type().slug() + "; a page of changes says more.";
            close(CloseCode.REFUSED, reason, DisconnectCause.FAILED);
        } else {
            close(CloseCode.INTERNAL, "The server can't read its storage.", DisconnectCause.FAILED);
        }
    }
}
