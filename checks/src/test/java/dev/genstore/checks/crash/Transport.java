package dev.genstore.checks.crash;

import com.google.errorprone.annotations.Immutable;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** A way to follow a URL. */
enum Transport {
    WEBSOCKET(new SocketStream()),
    SSE(new EventStream()),
    NDJSON(new LineStream()),
    PAGES(new PageStream());

    private final Stream stream;

    Transport(Stream stream) {
        this.stream = stream;
    }

    /** Follows a URL as long as the connection lasts. Immutable. */
    @Immutable
    @FunctionalInterface
    interface Stream {
        /**
         * Tells {@code watcher} everything behind the position; returns or throws when the connection
         * has ended.
         *
         * @param position null: from now on
         */
        void follow(URI server, Asked asked, @Nullable String position, Consumer<Telling> watcher)
                throws IOException, InterruptedException;
    }

    Stream stream() {
        return stream;
    }
}
