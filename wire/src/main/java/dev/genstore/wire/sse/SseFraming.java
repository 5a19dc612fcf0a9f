package dev.genstore.wire.sse;

import dev.genstore.hub.Event;
import dev.genstore.hub.Framing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An event as a Server-Sent Event (WHATWG HTML, 9.2). The JSON has no line breaks, so it is one {@code
 * data} line.
 */
public final class SseFraming implements Framing {
    /** The media type of the stream. */
    public static final String MEDIA_TYPE = "text/event-stream";

    @Override
    public byte[] frame(Event event) {
        var text = new ByteArrayOutputStream(event.json().length + 96);
        text.writeBytes(ascii("id: " + event.id() + "\nevent: " + event.type() + "\ndata: "));
        text.writeBytes(event.json());
        text.writeBytes(ascii("\n\n"));
        return text.toByteArray();
    }

    /** Tells the client how long to wait before it comes back. */
    public static byte[] retry(int millis) {
        return ascii("retry: " + millis + "\n\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
