package dev.genstore.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What is written to a channel and not taken yet. For the channel's loop. */
final class Outbound {
    private Outbound() {}

    /**
     * A number that is another one whenever something was taken: how far the present piece is, and which
     * one that is. TLS makes several of one, which may be equally long.
     */
    static long progress(Channel channel) {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null
                ? 0
                : 31L * System.identityHashCode(outbound.current()) + outbound.currentProgress();
    }

    /** How much is left. */
    static long waitingBytes(Channel channel) {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null
                ? 0
                : outbound.totalPendingWriteBytes() - outbound.currentProgress();
    }
}
