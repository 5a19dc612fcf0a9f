package dev.genstore.hub;

import dev.genstore.resource.Samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to make a change an event, and that a frame: once for each distinct watch. */
@State(Scope.Thread)
public class EncodeBench {
    private final EventEncoder encoder = new EventEncoder("k3f9", Frame.NOTES);
    private final Sight sight =
            Frame.seen(Samples.change("0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", 1_842));

    @Benchmark
    public byte[] frame() {
        return Frame.FRAMING.frame(encoder.change(sight, 1_838));
    }
}
