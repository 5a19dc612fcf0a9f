package dev.genstore.checks.simulation;

import dev.genstore.hub.Event;
import dev.genstore.hub.Framing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The simplest wire: the length of an event, and the event. */
final class LengthFraming implements Framing {
    /** Marks the length of a frame of a stream. */
    static final int DEFLATED = Integer.MIN_VALUE;

    private final Stage stage;

    LengthFraming(Stage stage) {
        this.stage = stage;
    }

    /** The hub frames under its lock; whoever reads meanwhile sees a change half appended. */
    @Override
    public byte[] frame(Event event) {
        if (stage.runs(Stage.HUB)) {
            stage.interruptUnderLock();
        } else {
            stage.interrupt();
        }
        byte[] json = event.json();
        return ByteBuffer.allocate(Integer.BYTES + json.length)
                .putInt(json.length)
                .put(json)
                .array();
    }

    /** The frames that are whole, one by one, with their lengths. */
    static List<ByteBuffer> split(ByteBuffer frames) {
        var split = new ArrayList<ByteBuffer>();
        int start = frames.position();
        while (hasWhole(frames, start)) {
            int length = Integer.BYTES + length(frames, start);
            split.add(frames.slice(start, length));
            start += length;
        }
        return split;
    }

    private static boolean hasWhole(ByteBuffer frames, int start) {
        return frames.limit() - start >= Integer.BYTES
                && frames.limit() - start - Integer.BYTES >= length(frames, start);
    }

    private static int length(ByteBuffer frames, int start) {
        return frames.getInt(start) & ~DEFLATED;
    }

    static boolean isDeflated(ByteBuffer frame) {
        return (frame.getInt(0) & DEFLATED) != 0;
    }

    /** The frames again as one piece. */
    static ByteBuffer join(List<ByteBuffer> frames) {
        var joined = ByteBuffer.allocate(
                frames.stream().mapToInt(ByteBuffer::remaining).sum());
        frames.forEach(frame -> joined.put(frame.duplicate()));
        return joined.flip();
    }

    /** The event in a frame. */
    static Told read(ByteBuffer frame) {
        byte[] json = new byte[frame.remaining() - Integer.BYTES];
        frame.get(Integer.BYTES, json);
        return Told.read(json);
    }
}
