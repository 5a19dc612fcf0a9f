package dev.genstore.wire.ndjson;

import dev.genstore.hub.Event;
import dev.genstore.hub.Framing;

import java.util.Arrays;

/** An event as a line of JSON. */
public final class NdjsonFraming implements Framing {
    /** The media type of the stream. */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    @Override
    public byte[] frame(Event event) {
        byte[] line = Arrays.copyOf(event.json(), event.json().length + 1);
        line[line.length - 1] = '\n';
        return line;
    }
}
