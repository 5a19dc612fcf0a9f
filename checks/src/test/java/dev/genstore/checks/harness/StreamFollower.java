package dev.genstore.checks.harness;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Follows a response that does not end: the part that lines of JSON and SSE have in common. */
abstract class StreamFollower implements Follower {
    private final InputStream in;
    private final Line line;

    /**
     * Follows a stream.
     *
     * @param in its content; closing it breaks off
     * @param since where the client stands, or empty
     */
    StreamFollower(InputStream in, String since) {
        this.in = in;
        this.line = new Line(since);
    }

    /** Reads the next event; null at the end of the stream. */
    abstract @Nullable Told read() throws IOException;

    /** What the server said of the end before it came. */
    String lastWords() {
        return "";
    }

    @Override
    public final Told next() {
        try {
            Told told = read();
            if (told == null) {
                throw new Ended("whole" + lastWords());
            }
            line.take(told);
            return told;
        } catch (EOFException | SocketException cut) {
            throw new Ended("cut");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The next line without its end; null at the end of the stream. */
    final @Nullable String readLine() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public final String position() {
        return line.position();
    }

    @Override
    public final void close() {
        try {
            in.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
