package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a trace, as the header {@code traceparent} names it (W3C Trace Context, level 2): the
 * trace, the step in it, and whether it is recorded.
 *
 * <p>Immutable.
 *
 * @param text in the form of version 00, with no other flags than those that it knows
 */
public record TraceParent(String text) {
    private static final String IDS = "-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16})-";
    private static final Pattern FORM = Pattern.compile("00" + IDS + "0[0-3]");

    /** Later versions may have more behind it; {@code ff} is none. */
    private static final Pattern HEADER =
            Pattern.compile("(?!ff)([0-9a-f]{2})" + IDS + "[0-9a-f]([0-9a-f])(-.*)?");

    private static final String VERSION = "00";
    private static final int SAMPLED = 1;
    private static final int KNOWN_FLAGS = 3;

    /** Of a text of 55 characters, with the objects around it. */
    static final int WEIGHT_BYTES = 112;

    public TraceParent {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a traceparent: " + text);
        }
    }

    /**
     * What the header says. A later version says the same at the beginning, and is passed on as what is
     * known of it (4.3); flags that nobody knows yet are not passed on (3.2.2.3).
     *
     * @return null when it is malformed, which is the same as none
     */
    public static @Nullable TraceParent read(String header) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches() || (parts.group(4) != null && VERSION.equals(parts.group(1)))) {
            return null;
        }
        int flags = Character.digit(parts.group(3).charAt(0), 16) & KNOWN_FLAGS;
        return new TraceParent(VERSION + '-' + parts.group(2) + "-0" + flags);
    }

    /** The trace, 32 hexadecimal digits. */
    public String traceId() {
        return text.substring(3, 35);
    }

    /** The step of its sender, 16 hexadecimal digits. */
    public String parentId() {
        return text.substring(36, 52);
    }

    /** Whether its sender records the trace. */
    public boolean isSampled() {
        return (flags() & SAMPLED) != 0;
    }

    /** All flags, as a number. */
    public int flags() {
        return Character.digit(text.charAt(54), 16);
    }

    @Override
    public String toString() {
        return text;
    }
}
