package dev.genstore.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * What a WebSocket's client was answered and has not read yet, in bytes.
 *
 * <p>Confined to the channel's loop.
 */
final class UnreadAnswers {
    private static final int BYTES_MAX = 64 << 10;

    /** With so much unread no further command is looked at; the rest is for the answer to one. */
    private static final int COMMANDED_BYTES_MAX = 32 << 10;

    /** What a frame takes in memory besides its bytes, about. */
    private static final int FRAME_BYTES = 200;

    private final Channel channel;
    private int bytes;

    UnreadAnswers(Channel channel) {
        this.channel = channel;
    }

    static int weight(ByteBuf frame) {
        return FRAME_BYTES + frame.readableBytes();
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    boolean hasRoomForCommand() {
        return hasRoomFor(COMMANDED_BYTES_MAX);
    }

    /** Whether so many more may wait, at the latest behind a flush. */
    boolean hasRoomFor(int more) {
        if (bytes + more > BYTES_MAX) {
            channel.flush();
        }
        return bytes + more <= BYTES_MAX;
    }

    void add(int more) {
        bytes += more;
    }

    void remove(int written) {
        bytes -= written;
    }
}
