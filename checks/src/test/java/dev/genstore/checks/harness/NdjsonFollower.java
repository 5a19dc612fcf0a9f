package dev.genstore.checks.harness;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Follows lines of JSON. */
final class NdjsonFollower extends StreamFollower {
    NdjsonFollower(RawSocket socket, String since) {
        super(socket, since);
    }

    @Override
    @Nullable Told read() throws IOException {
        String line = readLine();
        return line == null ? null : Told.read(line);
    }
}
