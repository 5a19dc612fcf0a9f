package dev.genstore.wire;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Which of a loop's peers are there by which session. Anybody may end his sessions as often as he may
 * write, so that costs a look at those who are in it, and not at all peers.
 *
 * <p>Confined to the loop, but that any thread may say what has ended, and whether something has.
 */
final class SessionPeers {
    private final Map<String, Set<Peer>> bySession = new HashMap<>();
    private final Map<Peer, String> sessions = new HashMap<>();

    /** Those that have ended and whose peers were not looked at yet. */
    private final Queue<String> ended = new ConcurrentLinkedQueue<>();

    /** From now on a peer is there by this session, or by none. One that is closed is nowhere. */
    void enter(Peer peer, @Nullable String session) {
        leave(peer);
        if (session != null && peer.channel().isOpen()) {
            sessions.put(peer, session);
            bySession.computeIfAbsent(session, _ -> new HashSet<>()).add(peer);
        }
    }

    /** A peer is gone. */
    void leave(Peer peer) {
        String session = sessions.remove(peer);
        if (session != null) {
            bySession.computeIfPresent(session, (_, peers) -> without(peer, peers));
        }
    }

    private static @Nullable Set<Peer> without(Peer peer, Set<Peer> peers) {
        peers.remove(peer);
        return peers.isEmpty() ? null : peers;
    }

    /** From now on nobody is told anything before those who were in it are looked at. */
    void end(String session) {
        ended.add(session);
    }

    /** Whether there is somebody to look at. */
    boolean isDue() {
        return !ended.isEmpty();
    }

    /** Looks at those whose sessions have ended. */
    void look(Consumer<Peer> look) {
        for (String session = ended.poll(); session != null; session = ended.poll()) {
            Set<Peer> its = bySession.get(session);
            if (its != null) {
                List.copyOf(its).forEach(look);
            }
        }
    }
}
