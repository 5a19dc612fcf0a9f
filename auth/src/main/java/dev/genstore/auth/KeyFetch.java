package dev.genstore.auth;

import java.io.IOException;
import java.net.URI;

/** Gets the keys of an issuer from where they are. Thread-safe. */
@FunctionalInterface
interface KeyFetch {
    /**
     * What is there; blocks for a bounded time.
     *
     * @throws IOException when it can't be had, or is larger than any set of keys
     */
    byte[] fetch(URI url) throws IOException;
}
