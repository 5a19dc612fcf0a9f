package dev.genstore.wire;

import dev.genstore.hub.Framing;
import dev.genstore.wire.http.Chunks;
import dev.genstore.wire.ndjson.NdjsonFraming;
import dev.genstore.wire.sse.SseFraming;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;

import java.util.function.UnaryOperator;

/** How the frames of a stream, and its end, stand in an answer that goes on. */
enum StreamCoding {
    /** In HTTP/1.1 each is a chunk, so that an end can be told from a cut. */
    CHUNKS(Chunks::of) {
        @Override
        Object end(byte[] lastWords) {
            byte[] words = lastWords.length == 0 ? lastWords : Chunks.of(lastWords);
            return Unpooled.wrappedBuffer(words, Chunks.last());
        }
    },

    /** HTTP/2 has frames and an end of its own. */
    DATA(UnaryOperator.identity()) {
        @Override
        Object end(byte[] lastWords) {
            return new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(lastWords), true);
        }
    };

    /** They have no state, but no compiler can know that. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Framing events;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Framing lines;

    StreamCoding(UnaryOperator<byte[]> coding) {
        var sse = new SseFraming();
        var ndjson = new NdjsonFraming();
        events = event -> coding.apply(sse.frame(event));
        lines = event -> coding.apply(ndjson.frame(event));
    }

    /** How this transport writes an event. */
    Framing framing(Transport transport) {
        return transport == Transport.SSE ? events : lines;
    }

    /**
     * What ends a stream.
     *
     * @param lastWords what the client is told before; may be nothing
     */
    abstract Object end(byte[] lastWords);
}
