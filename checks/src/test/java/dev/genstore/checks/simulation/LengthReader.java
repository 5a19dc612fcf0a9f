package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the frames of one connection; each that is deflated may build on all before it. */
final class LengthReader implements AutoCloseable {
    private final Inflater inflater = new Inflater(true);

    /** The event in a frame. */
    Told read(ByteBuffer frame) {
        return LengthFraming.isDeflated(frame)
                ? Told.read(inflate(frame))
                : LengthFraming.read(frame);
    }

    private byte[] inflate(ByteBuffer frame) {
        byte[] json = new byte[frame.getInt(Integer.BYTES)];
        try {
            inflater.setInput(
                    frame.slice(2 * Integer.BYTES, frame.remaining() - 2 * Integer.BYTES));
            int length = inflater.inflate(json);
            unless(length == json.length, "a frame is cut");
            unless(
                    inflater.inflate(new byte[1]) == 0 && inflater.needsInput(),
                    "a frame is longer than its event");
            return json;
        } catch (DataFormatException foreign) {
            throw new Violation("a frame builds on one that was not told", foreign);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
