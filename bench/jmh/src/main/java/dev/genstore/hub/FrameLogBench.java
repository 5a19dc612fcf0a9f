package dev.genstore.hub;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to append a finished frame to a log that is as long as it may be. */
@State(Scope.Thread)
public class FrameLogBench {
    private final byte[] frame = Frame.sample();
    private final FrameLog log = new FrameLog(new FrameMemory(1 << 20), 0);

    @Benchmark
    public long append() {
        Frame.append(log, frame);
        return log.end();
    }
}
