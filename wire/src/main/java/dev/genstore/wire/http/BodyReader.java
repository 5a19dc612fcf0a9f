package dev.genstore.wire.http;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** Reads the body of one request. Confined to the event loop of one connection. */
sealed interface BodyReader permits FixedBody, ChunkedBody {
    /**
     * The body, or null when it has not come whole.
     *
     * @throws dev.genstore.resource.Problem when the request must be refused
     */
    @Nullable Body read(ByteBuf in);
}
