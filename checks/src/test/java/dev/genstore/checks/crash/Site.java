package dev.genstore.checks.crash;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/** Where the server is at present, for those who come back to it. Thread-safe. */
final class Site {
    @GuardedBy("this") private @Nullable URI url;

    synchronized void isAt(URI where) {
        url = where;
        notifyAll();
    }

    synchronized void isGone() {
        url = null;
    }

    /** Waits while there is no server. */
    synchronized URI await() throws InterruptedException {
        while (url == null) {
            wait();
        }
        return url;
    }
}
