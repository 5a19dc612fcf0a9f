package dev.genstore.router;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields of cookies, one a line: each session's cookie is found that a slow reading finds, and without
 * them all others are left as they were.
 */
public final class CookieTarget {
    private static final Set<String> OURS = Set.of("__Host-genstore-session", "genstore-session");

    private CookieTarget() {}

    /** Tries these fields. */
    public static void check(byte[] input) {
        List<String> lines = new String(input, ISO_8859_1).lines().toList();
        Headers headers =
                Headers.of(lines.stream().map(line -> Map.entry("Cookie", line)).toList());
        List<Map.Entry<String, String>> meant = pairs(lines);
        assertThat(SessionCookie.all(headers))
                .extracting(cookie -> Map.entry(cookie.name(), cookie.value()))
                .isEqualTo(ours(meant, true));
        Headers without = SessionCookie.without(headers);
        assertThat(SessionCookie.all(without)).isEmpty();
        assertThat(pairs(without.all("Cookie"))).isEqualTo(ours(meant, false));
    }

    private static List<Map.Entry<String, String>> ours(
            List<Map.Entry<String, String>> pairs, boolean areOurs) {
        return pairs.stream()
                .filter(pair -> OURS.contains(pair.getKey()) == areOurs)
                .toList();
    }

    /** The cookies, letter by letter (RFC 6265, 5.4); what has no name is none. */
    private static List<Map.Entry<String, String>> pairs(List<String> lines) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        lines.forEach(line -> addPairs(line, pairs));
        return pairs;
    }

    private static void addPairs(String line, List<Map.Entry<String, String>> pairs) {
        int start = 0;
        for (int end = 0; end <= line.length(); end++) {
            if (end == line.length() || line.charAt(end) == ';') {
                addPair(line.substring(start, end).strip(), pairs);
                start = end + 1;
            }
        }
    }

    private static void addPair(String pair, List<Map.Entry<String, String>> pairs) {
        int equals = pair.indexOf('=');
        if (equals >= 0) {
            pairs.add(Map.entry(
                    pair.substring(0, equals), pair.substring(equals + 1).strip()));
        }
    }
}
