package dev.genstore.wire;

import dev.genstore.wire.Deed.Watching;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/** What the witness is told of the watches of one peer. Confined to the peer's loop. */
final class WatchDeeds {
    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private final Peer peer;
    private @Nullable Watching watching;

    WatchDeeds(Peer peer) {
        this.peer = peer;
    }

    /** It is told from now on what changes at the URL that it was opened at. */
    void began(String path) {
        Witness witness = peer.peers().witness();
        if (!witness.equals(Witness.NONE)) {
            var began = new Watching(
                    LAST_NUMBER.incrementAndGet(),
                    peer.address(),
                    peer.principal(),
                    peer.transport(),
                    path);
            watching = began;
            witness.saw(new Deed.WatchBegan(began));
        }
    }

    /** It has commanded to be told of something more. */
    void beganToo(String path) {
        if (watching != null) {
            peer.peers().witness().saw(new Deed.WatchBegan(watching.of(path)));
        }
    }

    /** It has commanded not to be told of something any more. */
    void unwatched(String path) {
        if (watching != null) {
            peer.peers().witness().saw(new Deed.Unwatched(watching.of(path)));
        }
    }

    /** It is gone, and all its watches with it. */
    void ended(DisconnectCause why) {
        if (watching != null) {
            peer.peers().witness().saw(new Deed.WatchEnded(watching, why));
        }
    }
}
