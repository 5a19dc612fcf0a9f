package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fields of a head of HTTP/2, one a line, each with a {@code =} behind its name: a head that is in order
 * (RFC 9113, 8.2 and 8.3) is understood or refused as the same request of HTTP/1.1 is, and another one
 * is refused.
 */
public final class StreamHeadTarget {
    /** So large that none is reached: what is counted is not the same. */
    private static final HttpLimits LARGE = new HttpLimits(9_000, 40_000, 5_000, 2 << 20, 5_000);

    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /** A field may be wrong as well, and be met first. */
    private static final Set<ProblemType> REFUSALS =
            Set.of(ProblemType.BAD_REQUEST, ProblemType.INVALID_HEADER);

    private StreamHeadTarget() {}

    /** Tries these fields. */
    public static void check(byte[] input) {
        List<Map.Entry<String, String>> fields = new String(input, ISO_8859_1)
                .lines()
                .map(StreamHeadTarget::field)
                .toList();
        Seen http2 = http2(fields);
        if (!isInOrder(fields)) {
            assertThat(http2.refusal).isIn(REFUSALS);
            return;
        }
        assertThat(http2).isEqualTo(http1(fields));
    }

    private static Map.Entry<String, String> field(String line) {
        int end = line.indexOf('=', Math.min(1, line.length()));
        return end < 0
                ? Map.entry(line, "")
                : Map.entry(line.substring(0, end), line.substring(end + 1));
    }

    /** What a head comes to: a refusal, or a request without its body. */
    private record Seen(@Nullable ProblemType refusal, String request) {
        static Seen of(HttpRequest request, boolean expectsContinue) {
            var fields = new ArrayList<String>();
            request.headers()
                    .forEach((name, value) ->
                            fields.add(name.toLowerCase(Locale.ROOT) + ": " + value));
            return new Seen(
                    null,
                    request.method() + " " + request.target() + " " + request.keepAlive() + " "
                            + expectsContinue + " " + fields);
        }
    }

    private static Seen http2(List<Map.Entry<String, String>> fields) {
        try {
            var received = fields.stream()
                    .map(field ->
                            Map.<CharSequence, CharSequence>entry(field.getKey(), field.getValue()))
                    .toList();
            StreamHead head = StreamHead.of(received, LARGE);
            return Seen.of(head.with(Body.of(new byte[0])), head.expectsContinue());
        } catch (Problem problem) {
            return new Seen(problem.type(), "");
        }
    }

    private static Seen http1(List<Map.Entry<String, String>> fields) {
        try {
            var parser = new HeadParser(LARGE, new LineReader());
            Head head = Objects.requireNonNull(
                    parser.parse(Unpooled.wrappedBuffer(written(fields).getBytes(ISO_8859_1))));
            return Seen.of(head.with(Body.of(new byte[0])), head.expectsContinue());
        } catch (Problem problem) {
            return new Seen(problem.type(), "");
        }
    }

    /** The same request in HTTP/1.1. */
    private static String written(List<Map.Entry<String, String>> fields) {
        String authority = value(fields, ":authority");
        Stream<String> host = Stream.ofNullable(authority).map(name -> "host: " + name);
        Stream<String> others = fields.stream()
                .filter(field -> !field.getKey().startsWith(":"))
                .filter(field -> !field.getKey().equals("cookie"))
                .filter(field ->
                        !(field.getKey().equals("host") && field.getValue().equals(authority)))
                .map(field -> field.getKey() + ": " + field.getValue());
        List<String> cookies = fields.stream()
                .filter(field -> field.getKey().equals("cookie"))
                .map(Map.Entry::getValue)
                .toList();
        Stream<String> cookie = cookies.isEmpty()
                ? Stream.of()
                : Stream.of("cookie: " + String.join("; ", cookies));
        Stream<String> line =
                Stream.of(value(fields, ":method") + " " + value(fields, ":path") + " HTTP/1.1");
        return Stream.of(line, host, others, cookie, Stream.of("", ""))
                .flatMap(part -> part)
                .collect(Collectors.joining("\r\n"));
    }

    private static @Nullable String value(List<Map.Entry<String, String>> fields, String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean isInOrder(List<Map.Entry<String, String>> fields) {
        List<String> names = fields.stream().map(Map.Entry::getKey).toList();
        List<String> pseudo =
                names.stream().filter(name -> name.startsWith(":")).toList();
        return names.subList(0, pseudo.size()).equals(pseudo)
                && PSEUDO.containsAll(pseudo)
                && Set.copyOf(pseudo).size() == pseudo.size()
                && pseudo.containsAll(Set.of(":method", ":scheme", ":path"))
                && fields.stream().allMatch(StreamHeadTarget::isInOrder);
    }

    private static boolean isInOrder(Map.Entry<String, String> field) {
        String value = field.getValue();
        return value.matches("([\\x21-\\x7e\\x80-\\xff]([\\t\\x20-\\x7e\\x80-\\xff]*"
                        + "[\\x21-\\x7e\\x80-\\xff])?)?")
                && switch (field.getKey()) {
                    case ":method" -> value.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
                    case ":scheme" -> value.matches("https?");
                    case ":path" -> value.startsWith("/") || value.equals("*");
                    case ":authority" -> true;
                    case "te" -> value.equalsIgnoreCase("trailers");
                    case String name ->
                        name.matches("[!#$%&'*+.^_`|~0-9a-z-]+") && !OF_CONNECTIONS.contains(name);
                };
    }
}
