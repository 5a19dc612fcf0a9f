package dev.genstore.wire.proxy;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slow reading of what proxies say, by patterns: RFC 7239, 4 to 6, but that ports and addresses of IPv6
 * may stand without quotes, and the lists of {@code X-Forwarded-For}.
 */
final class HopModel {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String BARE = "[:\\[\\]!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final String PAIR = "(?:" + TOKEN + "=(?:" + QUOTED + "|" + BARE + "))?";
    private static final String BLANKS = "[ \\t]*+";
    private static final Pattern ELEMENT = Pattern.compile(
            BLANKS + PAIR + BLANKS + "(?:;" + BLANKS + PAIR + BLANKS + ")*+", Pattern.DOTALL);
    private static final Pattern EACH =
            Pattern.compile("(" + TOKEN + ")=(" + QUOTED + "|" + BARE + ")", Pattern.DOTALL);
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    private HopModel() {}

    /**
     * What a proxy has said.
     *
     * @param scheme HTTP, HTTPS or null in words
     */
    record Said(String node, String scheme) {}

    /** The hops of a field; null when it is to be refused. */
    static @Nullable List<Said> forwarded(String text) {
        var said = new ArrayList<Said>();
        Matcher matcher = ELEMENT.matcher(text);
        int at = 0;
        while (matcher.region(at, text.length()).lookingAt()) {
            Map<String, String> pairs = pairs(matcher.group());
            if (pairs == null) {
                return null;
            }
            if (!pairs.isEmpty()) {
                said.add(new Said(pairs.getOrDefault("for", "unknown"), scheme(pairs)));
            }
            at = matcher.end() + 1;
            if (at > text.length()) {
                return said;
            }
            if (text.charAt(at - 1) != ',') {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> pairs(String element) {
        Map<String, String> pairs = new HashMap<>();
        Matcher each = EACH.matcher(element);
        while (each.find()) {
            String value = each.group(2);
            String plain = value.startsWith("\"")
                    ? value.substring(1, value.length() - 1).replaceAll("(?s)\\\\(.)", "$1")
                    : value;
            if (pairs.put(each.group(1).toLowerCase(Locale.ROOT), plain) != null) {
                return null;
            }
        }
        return pairs;
    }

    private static String scheme(Map<String, String> pairs) {
        String proto = pairs.getOrDefault("proto", "").toUpperCase(Locale.ROOT);
        return List.of("HTTP", "HTTPS").contains(proto) ? proto : "null";
    }

    /** Where a client is by a list of addresses, or {@code refused}; 10.0.0.0/8 is trusted. */
    static String lastUntrusted(String list) {
        String last = "refused";
        for (String node : List.of(list.split(",", -1)).reversed()) {
            last = place(node.strip());
            if (!last.startsWith("10.")) {
                return last;
            }
        }
        return last;
    }

    private static String place(String node) {
        String address = address(node);
        Matcher parts = NODE.matcher(node);
        if (!address.equals("refused") || !parts.matches()) {
            return address;
        }
        String inside = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return inside.matches("unknown|_[A-Za-z0-9._-]+") ? "unknown" : address(inside);
    }

    private static String address(String text) {
        boolean isIpv4 = text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
        boolean isIpv6 = text.contains(":") && text.matches("[0-9A-Fa-f:.]{2,45}");
        try {
            return isIpv4 || isIpv6 ? InetAddress.ofLiteral(text).getHostAddress() : "refused";
        } catch (IllegalArgumentException wrong) {
            return "refused";
        }
    }
}
