package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A way to be told what happens at a URL. Thread-safe. */
interface Transport {
    /**
     * Opens a connection, without waiting for it. Its first portion may come at once; each further
     * one must be asked for.
     *
     * @param path with its query and {@code since}
     * @param refused whether the last token was refused
     */
    Connection open(String path, boolean refused, Ear ear);

    /** One connection. Thread-safe. */
    interface Connection {
        /** One more portion may come. Called once behind each portion, and never before one. */
        void more();

        /** Ends it. Whatever comes after that is not heard. */
        void close();
    }

    /** Who is told; on any thread, one call behind the other. */
    interface Ear {
        /** At least one message. */
        void told(List<Message> portion);

        /** It is over; told once. */
        void ended(@Nullable Throwable failure);
    }
}
