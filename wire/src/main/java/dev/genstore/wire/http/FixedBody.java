package dev.genstore.wire.http;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * A body of a known length (RFC 9112, 6.2).
 *
 * <p>Confined to the event loop of one connection.
 */
final class FixedBody implements BodyReader {
    private final BodyBuffer content;
    private int bytesLeft;

    FixedBody(int lengthBytes, ByteBudget.Share share) {
        content = new BodyBuffer(lengthBytes, share);
        bytesLeft = lengthBytes;
    }

    @Override
    public @Nullable Body read(ByteBuf in) {
        int count = Math.min(bytesLeft, in.readableBytes());
        content.append(in, count);
        bytesLeft -= count;
        return bytesLeft == 0 ? content.toBody() : null;
    }
}
