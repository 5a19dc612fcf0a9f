package dev.genstore.router;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request prefers (RFC 7240). Preferences that nobody knows do not count. */
public final class Preferences {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final String WORD = "(?:" + TOKEN + "|" + QUOTED + ")";
    private static final Pattern PREFERENCE = Pattern.compile("[ \\t,]*+(?<name>" + TOKEN
            + ")(?:[ \\t]*+=[ \\t]*+(?<value>" + WORD + ")?)?"
            + "(?:[ \\t]*+;[ \\t]*+(?:" + TOKEN + "(?:[ \\t]*+=[ \\t]*+" + WORD + "?)?)?)*+"
            + "[ \\t]*+(?:,|$)");

    private Preferences() {}

    /** The value of a preference, without quotes; of several the first counts. Empty for none. */
    public static String value(Request request, String name) {
        String prefer = request.headers().joined("Prefer").orElse("");
        Matcher preference = PREFERENCE.matcher(prefer);
        int at = 0;
        while (preference.region(at, prefer.length()).lookingAt()) {
            if (name.equals(preference.group("name").toLowerCase(Locale.ROOT))) {
                String value = preference.group("value");
                return value == null ? "" : value.replace("\"", "");
            }
            at = preference.end();
        }
        return "";
    }
}
