package dev.genstore.wire.http;

import io.netty.buffer.ByteBuf;

/**
 * The body of a request whose transport itself says where it ends, as HTTP/2 does.
 *
 * <p>Confined to the event loop of one connection.
 */
public final class StreamBody {
    private final HttpLimits limits;
    private final BodyBuffer content;

    /**
     * A body of which nothing has come.
     *
     * @param share holds it; whoever takes the request gives it back
     */
    public StreamBody(HttpLimits limits, ByteBudget.Share share) {
        this.limits = limits;
        this.content = new BodyBuffer(limits.bodyBytesMax(), share);
    }

    /**
     * Takes what came of it.
     *
     * @throws dev.genstore.resource.Problem 413 when it is too long, 503 when there is no room
     */
    public void append(ByteBuf in) {
        if (in.readableBytes() > limits.bodyBytesMax() - content.length()) {
            throw Framing.tooLarge(limits);
        }
        content.append(in, in.readableBytes());
    }

    /** The whole body. */
    public Body toBody() {
        return content.toBody();
    }
}
