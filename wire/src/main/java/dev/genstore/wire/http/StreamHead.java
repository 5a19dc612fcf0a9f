package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The head of a request in HTTP/2 (RFC 9113, 8.2 and 8.3), read as strictly as one of HTTP/1.1, and then
 * the same as that.
 *
 * <p>Immutable.
 */
public final class StreamHead {
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

    /** What belongs to a connection of HTTP/1.1 and must not be here. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private final Head head;

    private StreamHead(Head head) {
        this.head = head;
    }

    /**
     * A head with these fields, in their order.
     *
     * @throws Problem when the request must be refused
     */
    public static StreamHead of(
            Iterable<? extends Map.Entry<CharSequence, CharSequence>> received, HttpLimits limits) {
        var parts = new Parts(limits);
        for (var field : received) {
            parts.take(field.getKey().toString(), field.getValue().toString());
        }
        return new StreamHead(parts.head());
    }

    /** Whether the client waits for {@code 100 Continue} before it sends the body. */
    public boolean expectsContinue() {
        return head.expectsContinue();
    }

    /** The request with this body. */
    public HttpRequest with(Body body) {
        return head.with(body);
    }

    /** What was read so far. Confined to one thread. */
    private static final class Parts {
        private final HttpLimits limits;
        private final Map<String, String> pseudo = new HashMap<>();
        private final List<Map.Entry<String, String>> fields = new ArrayList<>();
        private final List<String> cookies = new ArrayList<>();

        Parts(HttpLimits limits) {
            this.limits = limits;
        }

        void take(String name, String value) {
            if (!FieldRules.isValue(value) || !FieldRules.trimmed(value).equals(value)) {
                throw malformed("a value has a control character, or blanks around it");
            }
            if (name.startsWith(":")) {
                takePseudo(name, value);
            } else {
                takeField(name, value);
            }
        }

        private void takePseudo(String name, String value) {
            boolean isBehindFields = !fields.isEmpty() || !cookies.isEmpty();
            if (isBehindFields || !PSEUDO.contains(name) || pseudo.put(name, value) != null) {
                throw malformed("the pseudo fields are :method, :scheme, :authority and :path, each"
                        + " once, before the others");
            }
        }

        private void takeField(String name, String value) {
            boolean isLower = name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
            if (!FieldRules.isToken(name) || !isLower) {
                throw malformed("a name is a token in lower case");
            }
            boolean isOther = "te".equals(name) && !"trailers".equalsIgnoreCase(value);
            if (OF_CONNECTIONS.contains(name) || isOther) {
                throw malformed("'" + name + "' is for connections of HTTP/1.1");
            }
            if (fields.size() + cookies.size() == limits.fieldCountMax()) {
                throw ProblemType.HEADERS_TOO_LARGE.because(
                        "There are more than " + limits.fieldCountMax() + " header fields.");
            }
            if ("cookie".equals(name)) {
                cookies.add(value);
            } else {
                fields.add(Map.entry(name, value));
            }
        }

        Head head() {
            String method = pseudo("method");
            String path = pseudo("path");
            if (!FieldRules.isToken(method)
                    || !Set.of("https", "http").contains(pseudo("scheme"))) {
                throw malformed(":method is a token, and :scheme http or https");
            }
            if (path.length() > limits.requestLineBytesMax()) {
                throw ProblemType.URI_TOO_LONG.because(
                        "The URL is longer than " + limits.requestLineBytesMax() + " bytes.");
            }
            if (!path.startsWith("/") && !"*".equals(path)) {
                throw malformed(":path begins with /");
            }
            var line = new RequestLine(method, RequestTarget.parse(method, path), 1);
            return Head.of(line, headers(pseudo.get(":authority")), limits);
        }

        private String pseudo(String name) {
            String value = pseudo.get(":" + name);
            if (value == null) {
                throw malformed("there is no :" + name);
            }
            return value;
        }

        /** Cookies may come in pieces, and are one field for everybody else (RFC 9113, 8.2.3). */
        private Headers headers(@Nullable String authority) {
            var all = new ArrayList<Map.Entry<String, String>>();
            if (authority != null) {
                all.add(Map.entry("host", authority));
            }
            fields.stream()
                    .filter(field -> authority == null || !isHost(field, authority))
                    .forEach(all::add);
            if (!cookies.isEmpty()) {
                all.add(Map.entry("cookie", FieldRules.trimmed(String.join("; ", cookies))));
            }
            return Headers.of(all);
        }

        /** Whether it only says once more what {@code :authority} says; another host is one too many. */
        private static boolean isHost(Map.Entry<String, String> field, String authority) {
            return field.getKey().equals("host") && field.getValue().equals(authority);
        }
    }

    private static Problem malformed(String why) {
        return ProblemType.BAD_REQUEST.because("The head is none of HTTP/2: " + why + ".");
    }
}
