package dev.genstore.client;

import java.time.Duration;
import java.util.List;

/**
 * What the server answers that is no success (RFC 9457), or why it ends a watch for good. Its
 * message says what to do.
 */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final transient List<Fault> faults;
    private final transient Duration retryAfter;

    /**
     * A member that is at fault.
     *
     * @param pointer where it stands, as a JSON Pointer; empty where the server does not say
     */
    public record Fault(String pointer, String detail) {}

    Problem(int status, String type, String detail) {
        this(status, type, detail, List.of(), Duration.ZERO);
    }

    Problem(int status, String type, String detail, List<Fault> faults, Duration retryAfter) {
        super(detail);
        this.status = status;
        this.type = type;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
    }

    /** The HTTP status, or the close code of a WebSocket. */
    public int status() {
        return status;
    }

    /** What kind it is, {@code /problems/<slug>}. */
    public String type() {
        return type;
    }

    /** The members at fault, where the server names them. */
    public List<Fault> faults() {
        return faults;
    }

    /** How long to wait before the next attempt; zero where the server does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
