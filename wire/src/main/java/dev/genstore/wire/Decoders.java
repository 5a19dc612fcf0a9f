package dev.genstore.wire;

import dev.genstore.wire.websocket.FrameDecoder;
import dev.genstore.wire.websocket.FrameLimits;
import dev.genstore.wire.websocket.MessageInflater;

import org.jspecify.annotations.Nullable;

/**
 * What reads the frames of one loop's sockets. Between two messages a decoder knows nothing of its
 * socket, so one serves all that are quiet, and only who is in the middle of a message has its own.
 *
 * <p>Confined to the loop.
 */
final class Decoders {
    private final FrameLimits limits;
    private final @Nullable MessageInflater inflater;
    private @Nullable FrameDecoder spare;

    /**
     * Decoders with these limits.
     *
     * @param inflater what inflates messages; null where compression is not agreed on
     */
    Decoders(FrameLimits limits, @Nullable MessageInflater inflater) {
        this.limits = limits;
        this.inflater = inflater;
    }

    /** One that is between two messages; it is the caller's until it is given back. */
    FrameDecoder take() {
        FrameDecoder taken = spare == null ? new FrameDecoder(limits, inflater) : spare;
        spare = null;
        return taken;
    }

    /** Takes it back if it is between two messages; else the caller goes on with it. */
    @Nullable FrameDecoder giveBack(FrameDecoder decoder) {
        if (!decoder.isAtRest()) {
            return decoder;
        }
        spare = decoder;
        return null;
    }
}
