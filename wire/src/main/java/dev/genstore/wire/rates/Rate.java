package dev.genstore.wire.rates;

import io.github.bucket4j.Bandwidth;

import java.time.Duration;
import java.util.Locale;

/** What is counted by time. */
enum Rate {
    REQUESTS("requests", Refusal.REQUESTS),
    WRITES("writes", Refusal.WRITES),
    /** Watches that begin, by a handshake, a stream or a command. */
    WATCHES("new watches", Refusal.WATCHES),
    /** Connections that are opened. */
    CONNECTIONS("new connections", Refusal.CONNECTIONS),
    /** Credentials that were no good. */
    FAILURES("credentials that are no good", Refusal.CREDENTIALS);

    /** Credentials are random or signed: whoever has good ones hardly ever needs a second try. */
    static final int FAILURES_PER_SECOND = 10;

    /** To begin something costs more than to ask. */
    private static final int BEGINNINGS_PART = 5;

    private final String what;
    private final Refusal refusal;

    Rate(String what, Refusal refusal) {
        this.what = what;
        this.refusal = refusal;
    }

    /** In plain words. */
    String what() {
        return what;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Its name in the header fields. */
    String policy() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many in a second; 0 for as many as one likes. */
    int perSecond(ClientLimits limits) {
        return switch (this) {
            case REQUESTS -> limits.requestsPerSecond();
            case WRITES -> limits.writesPerSecond();
            case WATCHES, CONNECTIONS -> Math.ceilDiv(limits.requestsPerSecond(), BEGINNINGS_PART);
            case FAILURES -> FAILURES_PER_SECOND;
        };
    }

    /** How many at once, where none were used for a while. */
    long atOnce(ClientLimits limits) {
        return (long) perSecond(limits) * ClientLimits.SAVED_SECONDS;
    }

    Bandwidth bandwidth(ClientLimits limits) {
        return Bandwidth.builder()
                .capacity(atOnce(limits))
                .refillGreedy(perSecond(limits), Duration.ofSeconds(1))
                .build();
    }
}
