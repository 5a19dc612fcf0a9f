package dev.genstore.wire.websocket;

import dev.genstore.hub.FrameStream;
import dev.genstore.hub.Framing;
import dev.genstore.hub.StreamForm;

/**
 * Events as compressed messages (RFC 7692), each in one frame, which build on the ones before:
 * between similar events that saves most. Between them there may be messages that are not compressed.
 */
public final class DeflateForm implements StreamForm {
    private final Framing single;

    /**
     * The compressed form.
     *
     * @param single the form that is not
     */
    public DeflateForm(WebSocketFraming single) {
        this.single = single;
    }

    @Override
    public Framing single() {
        return single;
    }

    @Override
    public FrameStream open() {
        return new DeflateStream();
    }
}
