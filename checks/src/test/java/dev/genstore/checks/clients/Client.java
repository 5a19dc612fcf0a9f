package dev.genstore.checks.clients;

import java.net.URI;

/** A client that nobody of Genstore wrote, made to follow a URL. Its {@code toString} is its name. */
interface Client {
    /** How it asks. */
    Way way();

    /** Whether it reconnects by itself, with the position that it has. */
    boolean comesBack();

    /**
     * Follows a URL from a position on; returns when it has begun to. That it fails, the reader is
     * told, too.
     *
     * @param url with the scheme {@code http} and without a query
     */
    Connection follow(URI url, String since, Reader reader);

    /** The ways to follow a URL. */
    enum Way {
        WEBSOCKET,
        SSE,
        NDJSON,
        PAGES
    }

    /** One following, to be ended by the client. */
    interface Connection extends AutoCloseable {
        @Override
        void close();
    }

    /** The URL with the position where a client wants to go on. */
    static URI since(URI url, String position) {
        return URI.create(url + "?since=" + position);
    }

    /** The same with the scheme of WebSockets. */
    static URI socket(URI url) {
        return URI.create(url.toString().replaceFirst("^http", "ws"));
    }
}
