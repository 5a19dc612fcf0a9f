package dev.genstore.checks.harness;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;

/** Follows lines of JSON. */
final class NdjsonFollower extends StreamFollower {
    NdjsonFollower(InputStream in, String since) {
        super(in, since);
    }

    @Override
    @Nullable Told read() throws IOException {
        String line = readLine();
        return line == null ? null : Told.read(line);
    }
}
