package dev.genstore.wire;

import dev.genstore.hub.Loop;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The connections of one event loop. One sweep over them replaces a timer for each.
 *
 * <p>Confined to the loop.
 */
final class LoopPeers {
    private static final long SWEEP_MILLIS = 250;

    private final Loop loop;
    private final WireMeter meter;
    private final List<Peer> peers = new ArrayList<>();
    private boolean isStopping;
    private volatile long lagRevisionsMax;

    LoopPeers(EventLoop eventLoop, Loop loop, WireMeter meter) {
        this.loop = loop;
        this.meter = meter;
        eventLoop.scheduleWithFixedDelay(
                this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Where its watchers live. */
    Loop loop() {
        return loop;
    }

    WireMeter meter() {
        return meter;
    }

    boolean isStopping() {
        return isStopping;
    }

    /** Takes a new connection into the table, and out of it when it is closed. */
    Peer add(Channel channel) {
        var peer = new Peer(channel, this);
        peer.index = peers.size();
        peers.add(peer);
        meter.connected();
        channel.closeFuture().addListener(closed -> peer.ended());
        return peer;
    }

    /** Removes by putting the last one into the gap. */
    void remove(Peer peer) {
        Peer last = peers.removeLast();
        if (last.index != peer.index) {
            peers.set(peer.index, last);
            last.index = peer.index;
        }
    }

    /** The greatest lag of its watchers as of the last sweep. Any thread may ask. */
    long lagRevisionsMax() {
        return lagRevisionsMax;
    }

    /** Ends every connection in good order. */
    void stop(IntSupplier retryAfterMillis) {
        isStopping = true;
        List.copyOf(peers).forEach(peer -> peer.stop(retryAfterMillis.getAsInt()));
    }

    /** Ends those that are left. */
    void closeAll() {
        List.copyOf(peers).forEach(peer -> peer.close(DisconnectCause.STOPPING));
    }

    private void sweep() {
        long nowNanos = System.nanoTime();
        List.copyOf(peers).forEach(peer -> peer.sweep(nowNanos));
        lagRevisionsMax = loop.lagRevisionsMax();
    }
}
