package dev.genstore.wire.websocket;

import dev.genstore.hub.Event;
import dev.genstore.hub.Framing;

import java.nio.ByteBuffer;

/** An event as an unmasked text message in one frame (RFC 6455, 5.2). */
public final class WebSocketFraming implements Framing {
    @Override
    public byte[] frame(Event event) {
        byte[] json = event.json();
        var frame = ByteBuffer.allocate(Frames.textHeaderBytes(json.length) + json.length);
        Frames.putTextHeader(json.length, frame);
        return frame.put(json).array();
    }
}
