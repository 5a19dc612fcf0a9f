package dev.genstore.checks.simulation;

import dev.genstore.hub.Event;
import dev.genstore.hub.FrameStream;
import dev.genstore.hub.Framing;
import dev.genstore.hub.StreamForm;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** The simplest wire with a real compressor, which fails now and then. */
final class LengthForm implements StreamForm {
    private final World world;
    private final LengthFraming single;

    LengthForm(World world, LengthFraming single) {
        this.world = world;
        this.single = single;
    }

    @Override
    public Framing single() {
        return single;
    }

    @Override
    public FrameStream open() {
        fail();
        world.trace.add("a stream is opened");
        return new Deflating();
    }

    private void fail() {
        if (world.dice.chance(1)) {
            throw new IllegalStateException("a stream breaks as planned");
        }
    }

    /** The events of one stream. */
    private final class Deflating implements FrameStream {
        private final Deflater deflater = new Deflater(1, true);

        @Override
        public byte[] frame(Event event, boolean anew) {
            world.stage.interruptUnderLock();
            if (anew) {
                deflater.reset();
            }
            byte[] json = event.json();
            byte[] bytes = new byte[2 * json.length + 100];
            deflater.setInput(json);
            int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
            fail();
            return ByteBuffer.allocate(2 * Integer.BYTES + length)
                    .putInt(LengthFraming.DEFLATED | Integer.BYTES + length)
                    .putInt(json.length)
                    .put(bytes, 0, length)
                    .array();
        }

        @Override
        public void close() {
            world.trace.add("a stream is closed");
            deflater.end();
        }
    }
}
