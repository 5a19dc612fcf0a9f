package dev.genstore.hub;

import dev.genstore.resource.Change;
import dev.genstore.resource.Samples;
import dev.genstore.resource.Target;
import dev.genstore.wire.websocket.WebSocketFraming;

/** A finished frame, for benches of what is done with it. */
final class Frame {
    static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    static final WebSocketFraming FRAMING = new WebSocketFraming();

    private Frame() {}

    /** A change as one who made something sees it. */
    static Sight seen(Change change) {
        return new Sight(new Transition(change), change.kind());
    }

    static byte[] sample() {
        return FRAMING.frame(
                new EventEncoder("k3f9", NOTES).change(seen(Samples.change("n1", 1)), 0));
    }

    /** Appends it as the next revision, and drops what a feed would not keep. */
    static void append(FrameLog log, byte[] frame) {
        Segment made = log.append(frame, log.end() + 1);
        while (made != null && log.bytes() > Hub.Limits.DEFAULT.feedBytesMax()) {
            log.dropOldest();
        }
    }
}
