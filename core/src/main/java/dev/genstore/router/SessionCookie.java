package dev.genstore.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The cookie by which a browser says whose session it has (RFC 6265). Over https its name begins with
 * {@code __Host-}, so that no other host can set it; over http, which is for trying on one's own
 * machine, no browser would take that name.
 *
 * <p>Immutable.
 *
 * @param name one of the two names
 * @param value what was sent with it
 */
public record SessionCookie(String name, String value) {
    /** Over https. */
    public static final String SECURE_NAME = "__Host-genstore-session";

    /** Over http. */
    public static final String PLAIN_NAME = "genstore-session";

    private static final Pattern PAIRS = Pattern.compile(";");

    /** Those that came with a request; more than one means that one was set by somebody else. */
    public static List<SessionCookie> all(Headers headers) {
        var found = new ArrayList<SessionCookie>();
        for (String pair : pairs(headers)) {
            String name = name(pair);
            if (isOurs(name)) {
                found.add(new SessionCookie(
                        name, pair.substring(name.length() + 1).strip()));
            }
        }
        return found;
    }

    /** These fields without it; other cookies stay. */
    static Headers without(Headers headers) {
        List<String> pairs = pairs(headers);
        if (pairs.stream().noneMatch(pair -> isOurs(name(pair)))) {
            return headers;
        }
        String others = String.join(
                "; ", pairs.stream().filter(pair -> !isOurs(name(pair))).toList());
        Headers without = headers.without("Cookie");
        return others.isEmpty() ? without : without.with("Cookie", others);
    }

    private static List<String> pairs(Headers headers) {
        return headers.all("Cookie").stream()
                .flatMap(PAIRS::splitAsStream)
                .map(String::strip)
                .filter(pair -> pair.contains("="))
                .toList();
    }

    private static String name(String pair) {
        return pair.substring(0, pair.indexOf('='));
    }

    private static boolean isOurs(String name) {
        return name.equals(SECURE_NAME) || name.equals(PLAIN_NAME);
    }

    /** Has a browser keep it: no script can read it, and other sites can't have it sent. */
    public Map.Entry<String, String> set() {
        return field(value, "");
    }

    /** Has a browser forget it. */
    public Map.Entry<String, String> forget() {
        return field("", "; Max-Age=0");
    }

    private Map.Entry<String, String> field(String text, String more) {
        String secure = name.equals(SECURE_NAME) ? "; Secure" : "";
        return Map.entry(
                "Set-Cookie",
                name + "=" + text + "; Path=/; HttpOnly; SameSite=Strict" + secure + more);
    }

    /** Without the value, which opens what its session may. */
    @Override
    public String toString() {
        return name;
    }
}
