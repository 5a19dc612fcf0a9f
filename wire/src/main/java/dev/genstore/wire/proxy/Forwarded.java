package dev.genstore.wire.proxy;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.wire.http.Scheme;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The field {@code Forwarded} (RFC 7239, 4): elements with commas between them, one for each proxy,
 * and in each of them pairs with semicolons between. It is understood as a whole or refused: a quote
 * that a client has opened could take in what a proxy has written behind it.
 *
 * <p>Confined to one thread.
 */
final class Forwarded {
    static final String NAME = "Forwarded";
    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    /** Many proxies write ports and addresses of IPv6 without the quotes that they would need. */
    private static final String BARE = TOKEN + ":[]";

    private final String text;
    private final List<Hop> hops = new ArrayList<>();
    private Map<String, String> pairs = new HashMap<>();
    private int at;

    private Forwarded(String text) {
        this.text = text;
    }

    /**
     * The hops, the first one first; none where there is no such field.
     *
     * @throws dev.genstore.resource.Problem 400 when it has not the form of RFC 7239
     */
    static List<Hop> hops(Headers headers) {
        return headers.joined(NAME).map(text -> new Forwarded(text).read()).orElse(List.of());
    }

    private List<Hop> read() {
        while (true) {
            skipBlanks();
            if (at < text.length() && ";,".indexOf(text.charAt(at)) < 0) {
                readPair();
                skipBlanks();
            }
            if (at == text.length()) {
                endElement();
                return hops;
            }
            readSeparator();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void readSeparator() {
        switch (text.charAt(at++)) {
            case ',' -> endElement();
            case ';' -> {}
            default -> throw wrong();
        }
    }

    private void readPair() {
        String name = word(TOKEN).toLowerCase(Locale.ROOT);
        if (at == text.length() || text.charAt(at++) != '=') {
            throw wrong();
        }
        boolean isQuoted = at < text.length() && text.charAt(at) == '"';
        if (pairs.put(name, isQuoted ? quoted() : word(BARE)) != null) {
            throw wrong();
        }
    }

    private String word(String marks) {
        int start = at;
        while (at < text.length() && isOf(text.charAt(at), marks)) {
            at++;
        }
        if (at == start) {
            throw wrong();
        }
        return text.substring(start, at);
    }

    private static boolean isOf(char letter, String marks) {
        return (letter < 0x80 && Character.isLetterOrDigit(letter)) || marks.indexOf(letter) >= 0;
    }

    /** What stands between the quotes, where a backslash takes the next letter as it is. */
    private String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(text.charAt(at));
            }
        }
        if (at >= text.length()) {
            throw wrong();
        }
        at++;
        return value.toString();
    }

    /** Who does not say for whom says that it is not known. */
    private void endElement() {
        if (!pairs.isEmpty()) {
            hops.add(new Hop(
                    NAME,
                    pairs.getOrDefault("for", "unknown"),
                    Scheme.named(pairs.getOrDefault("proto", ""))));
            pairs = new HashMap<>();
        }
    }

    private static RuntimeException wrong() {
        return ProblemType.INVALID_HEADER.because(
                "Forwarded has not the form of RFC 7239; see how the proxy writes it.");
    }
}
