package dev.genstore.wire;

import dev.genstore.hub.Guard;
import dev.genstore.hub.Loop;
import dev.genstore.hub.Rounds;
import dev.genstore.hub.Sender;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Headers;
import dev.genstore.wire.websocket.FrameLimits;
import dev.genstore.wire.websocket.MessageInflater;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The connections of one event loop. One sweep over them replaces a timer for each; it is cut into
 * slices, so that it never keeps the loop for long.
 *
 * <p>Confined to the loop.
 */
final class LoopPeers {
    /** A time that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long SWEEP_MILLIS = 250;

    private static final int SWEEP_MIN = 256;

    private final Loop loop;
    private final WireMeter meter;
    private final Witness witness;
    private final List<Peer> peers = new ArrayList<>();
    private final Rounds<Peer> rounds = new Rounds<>(peers, SWEEP_MIN);
    private final LoopRoll roll = new LoopRoll();
    private final MessageInflater inflater = new MessageInflater();
    private final Decoders decoders;
    private final Decoders inflating;
    private @Nullable Sender sender;
    private Headers recent = Headers.NONE;
    private final Authenticator authenticator;
    private final InstantSource clock;
    private final IntSupplier retryAfterMillis;
    private boolean isStopping;

    /**
     * What others have asked for and what was not done yet. They say it before they have a change told
     * that somebody must not hear of, and it is looked at before anything is told.
     */
    private volatile boolean mustLook;

    private volatile boolean mustReview;

    private final SessionPeers sessions = new SessionPeers();

    /** When one of the peers must be looked at, at the latest. */
    private long nextLookMillis = NEVER;

    /**
     * The connections of this loop.
     *
     * @param watchers makes what its watchers live on; the sender is there before the first of them
     * @param limits of what a WebSocket's peer may send
     * @param parts tell whether who was let in may stay, and are told what he watches
     * @param retryAfterMillis when one may come again who is ended though he did nothing wrong
     */
    LoopPeers(
            EventLoop eventLoop,
            Watchers watchers,
            WireMeter meter,
            FrameLimits limits,
            WireServer.Parts parts,
            IntSupplier retryAfterMillis) {
        var sending = new Loop.Sending(
                this::requireSender, meter::delivered, parts.tracing().changes());
        this.loop = watchers.on(eventLoop, sending);
        this.loop.guardBy(new Looking());
        this.meter = meter;
        this.decoders = new Decoders(limits, null);
        this.inflating = new Decoders(limits, inflater);
        this.authenticator = parts.authenticator();
        this.witness = parts.witness();
        this.clock = parts.clock();
        this.retryAfterMillis = retryAfterMillis;
        eventLoop.scheduleWithFixedDelay(
                this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Makes loops of the hub. */
    @FunctionalInterface
    interface Watchers {
        Loop on(EventLoop eventLoop, Loop.Sending sending);
    }

    /** From now on watchers are told by this sender. */
    void sendBy(Sender opened) {
        sender = opened;
    }

    boolean hasSender() {
        return sender != null;
    }

    private Sender requireSender() {
        return Objects.requireNonNull(sender);
    }

    /** Where its watchers live. */
    Loop loop() {
        return loop;
    }

    /** What reads the frames of its peers. */
    Decoders decoders(boolean isCompressed) {
        return isCompressed ? inflating : decoders;
    }

    /** These headers; the same ones as those before where they say the same, as most do. */
    Headers remembered(Headers headers) {
        if (!headers.equals(recent)) {
            recent = headers;
        }
        return recent;
    }

    WireMeter meter() {
        return meter;
    }

    Witness witness() {
        return witness;
    }

    boolean isStopping() {
        return isStopping;
    }

    /**
     * Takes a new connection into the table, and out of it when it is closed.
     *
     * @param onClosed what else is to be done then
     */
    Peer add(Channel channel, Runnable onClosed) {
        return add(new Peer(channel, this), onClosed);
    }

    /** The same for one that was made already. */
    <P extends Peer> P add(P peer, Runnable onClosed) {
        peer.index = peers.size();
        peers.add(peer);
        meter.connected();
        peer.channel().closeFuture().addListener(closed -> {
            onClosed.run();
            peer.ended();
        });
        return peer;
    }

    /** A peer is there by this session now, or by none. */
    void enter(Peer peer, @Nullable String session) {
        sessions.enter(peer, session);
    }

    /** Removes by putting the last one into the gap. */
    void remove(Peer peer) {
        sessions.leave(peer);
        Peer last = peers.removeLast();
        if (last.index != peer.index) {
            peers.set(peer.index, last);
            last.index = peer.index;
        }
    }

    /** Ends every connection in good order. */
    void stop() {
        isStopping = true;
        List.copyOf(peers).forEach(peer -> peer.stop(retryAfterMillis.getAsInt()));
    }

    /** Ends those that are left. */
    void closeAll() {
        List.copyOf(peers).forEach(peer -> peer.close(DisconnectCause.STOPPING));
        inflater.close();
        if (sender != null) {
            sender.close();
        }
    }

    /** One of its peers has to be looked at then. */
    void lookAt(long timeMillis) {
        nextLookMillis = Math.min(nextLookMillis, timeMillis);
    }

    /**
     * From now on nobody is told anything before it was looked who may stay. Any thread may ask, and has
     * {@link #look} done soon, as perhaps nothing is to be told.
     */
    void lookFirst() {
        mustLook = true;
    }

    /** The same for who sees what he saw, and {@link #review}. */
    void reviewFirst() {
        mustReview = true;
    }

    /** The same for those who are there by this session, and {@link #lookAtEnded}. */
    void endFirst(String session) {
        sessions.end(session);
    }

    /** Ends those who must not be told anything any more. */
    private final class Looking implements Guard {
        @Override
        public boolean isDue() {
            return mustLook || mustReview || sessions.isDue() || isTimeToLook();
        }

        @Override
        public void run() {
            if (mustLook) {
                look();
            }
            if (mustReview) {
                review();
            }
            lookAtEnded();
            lookWhereDue();
        }
    }

    private void lookWhereDue() {
        if (isTimeToLook()) {
            look();
        }
    }

    private boolean isTimeToLook() {
        return nextLookMillis != NEVER && clock.millis() >= nextLookMillis;
    }

    /**
     * Looks which of its peers may stay. It goes from the end to the beginning, as one that goes moves
     * only one that was looked at already.
     */
    void look() {
        mustLook = false;
        nextLookMillis = NEVER;
        long nowMillis = clock.millis();
        for (int i = peers.size() - 1; i >= 0; i--) {
            if (i < peers.size()) {
                lookAt(peers.get(i).look(authenticator, nowMillis));
            }
        }
    }

    /** Looks whether those may stay whose sessions have ended: they may not. */
    void lookAtEnded() {
        sessions.look(peer -> lookAt(peer.look(authenticator, clock.millis())));
    }

    /** Ends those who would see something else now than they do, in the same order. */
    void review() {
        mustReview = false;
        for (int i = peers.size() - 1; i >= 0; i--) {
            if (i < peers.size()) {
                peers.get(i).review(retryAfterMillis.getAsInt());
            }
        }
    }

    /** Who watches here. */
    RollCall roll(int watchersMax) {
        return roll.call(peers, watchersMax);
    }

    /** One has ended; of those that watched it is told. */
    void sawEnd(DisconnectCause why, Peer peer) {
        if (peer.transport().isWatching()) {
            roll.ended(clock.instant(), why, peer);
        }
    }

    private void sweep() {
        lookWhereDue();
        loop.sweep();
        long nowNanos = System.nanoTime();
        rounds.visit(peer -> peer.sweep(nowNanos));
    }
}
