package dev.genstore.resource;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a body costs to be let in: checked, minified, and its server's members taken out. */
@State(Scope.Thread)
public class ParseBench {
    private final byte[] body = Samples.body();

    @Benchmark
    public Object body() {
        return Draft.read(body);
    }
}
