package dev.genstore.server.cli;

import dev.genstore.server.remote.RemoteFailure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the program ends with. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    /** There is no such resource. */
    public static final int MISSING = 3;

    /** A resource is not as the command wants it to be. */
    public static final int CONFLICT = 4;

    /** Whoever asks may not. */
    public static final int NOT_ALLOWED = 5;

    /** The server can't be reached, or can't answer now. */
    public static final int UNAVAILABLE = 6;

    /** What each means, by its number as a text. */
    static final Map<String, String> MEANINGS = meanings();

    private ExitCode() {}

    private static Map<String, String> meanings() {
        Map<Integer, String> all = new TreeMap<>(Map.of(
                OK, "All went well.",
                FAILED, "Something failed.",
                USAGE, "The command line, a variable or the configuration file is wrong.",
                MISSING, "There is no such resource.",
                CONFLICT, "The resource is not as it should be for this; somebody was faster.",
                NOT_ALLOWED, "The server does not let whoever asks.",
                UNAVAILABLE, "The server can't be reached or can't answer now; try again."));
        Map<String, String> byText = new LinkedHashMap<>();
        all.forEach((code, meaning) -> byText.put(String.valueOf(code), meaning));
        return byText;
    }

    static int of(RemoteFailure failure) {
        return switch (failure.kind()) {
            case REFUSED -> FAILED;
            case MISSING -> MISSING;
            case CONFLICT -> CONFLICT;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }
}
