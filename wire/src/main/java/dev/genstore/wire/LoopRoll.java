package dev.genstore.wire;

import dev.genstore.wire.send.SentBytes;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** Knows who watches on one loop when it is asked, and the last ends. Confined to the loop. */
final class LoopRoll {
    private final Deque<WatcherEnd> ends = new ArrayDeque<>();

    private record Behind(Peer peer, long revisions) {}

    /** Only those who are told of are looked at closely. */
    RollCall call(List<Peer> peers, int watchersMax) {
        var furthest = new PriorityQueue<>(Comparator.comparingLong(Behind::revisions));
        for (Peer peer : peers) {
            if (peer.transport().isWatching()) {
                keep(furthest, new Behind(peer, lagRevisions(peer)), watchersMax);
            }
        }
        List<WatcherReport> watchers = furthest.stream().map(LoopRoll::report).toList();
        return new RollCall(watchers, List.copyOf(ends), true);
    }

    private static void keep(PriorityQueue<Behind> furthest, Behind behind, int max) {
        if (furthest.size() < max) {
            furthest.add(behind);
        } else if (max > 0 && furthest.element().revisions < behind.revisions) {
            furthest.remove();
            furthest.add(behind);
        }
    }

    private static long lagRevisions(Peer peer) {
        WatchingConnection its = peer.watched();
        return its == null ? 0 : its.lagRevisions();
    }

    private static WatcherReport report(Behind behind) {
        Peer peer = behind.peer;
        WatchingConnection its = peer.watched();
        return new WatcherReport(
                peer.transport(),
                its == null ? null : its.path(),
                its == null ? 1 : its.watchCount(),
                its == null ? null : its.position(),
                behind.revisions,
                bytesSent(peer.channel()),
                Duration.ofNanos(System.nanoTime() - peer.beganNanos()),
                peer.address(),
                peer.principal().id());
    }

    private static @Nullable Long bytesSent(Channel channel) {
        return channel instanceof UnixChannel socket ? SentBytes.by(socket.fd().intValue()) : null;
    }

    /** One that watched has ended. */
    void ended(Instant time, DisconnectCause why, Peer peer) {
        WatchingConnection its = peer.watched();
        remember(new WatcherEnd(
                time,
                why,
                peer.transport(),
                its == null ? null : its.path(),
                peer.address(),
                peer.principal().id()));
    }

    private void remember(WatcherEnd end) {
        if (ends.size() == RollCall.ENDS_MAX) {
            ends.removeFirst();
        }
        ends.addLast(end);
    }
}
