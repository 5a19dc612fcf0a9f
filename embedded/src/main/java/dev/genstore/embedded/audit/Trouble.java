package dev.genstore.embedded.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * Something that can't be done at present: its beginning and its end have a line each in the server's
 * own log, and no more, however often it is tried.
 *
 * <p>Confined to one thread, but for {@link #isThere}.
 */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final String begun;
    private final String over;
    private volatile boolean isThere;

    /** None yet. */
    Trouble(String begun, String over) {
        this.begun = begun;
        this.over = over;
    }

    boolean isThere() {
        return isThere;
    }

    /** It was tried, and failed. */
    void met(Throwable failure) {
        if (!isThere) {
            isThere = true;
            tell(failure);
        }
    }

    /** Only of what nobody expected it is of use to know where it came from. */
    private void tell(Throwable failure) {
        if (failure instanceof IOException) {
            LOG.error("{}: {}", begun, String.valueOf(failure));
        } else {
            LOG.error(begun, failure);
        }
    }

    /** It was tried, and done. */
    void passed() {
        if (isThere) {
            isThere = false;
            LOG.warn(over);
        }
    }
}
