package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.HostPort;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The head of a request, with all that its header fields say of the message itself.
 *
 * <p>Immutable.
 */
record Head(
        RequestLine line,
        Headers headers,
        Framing framing,
        boolean expectsContinue,
        boolean keepAlive) {
    /**
     * A head of these parts.
     *
     * @throws Problem when the request must be refused
     */
    static Head of(RequestLine line, Headers headers, HttpLimits limits) {
        checkHost(headers, line.minorVersion());
        return new Head(
                line,
                withHost(headers, line.target().authority()),
                Framing.of(headers, line.minorVersion(), limits),
                expectsContinue(headers, line.minorVersion()),
                keepAlive(headers, line.minorVersion()));
    }

    /** The request with this body. */
    HttpRequest with(Body body) {
        return new HttpRequest(
                line.method(), line.target().text(), line.minorVersion(), headers, body, keepAlive);
    }

    /** One Host in HTTP/1.1, at most one in HTTP/1.0 (RFC 9112, 3.2). */
    private static void checkHost(Headers headers, int minorVersion) {
        List<String> hosts = headers.all("Host");
        boolean right = hosts.isEmpty()
                ? minorVersion == 0
                : hosts.size() == 1 && HostPort.parse(hosts.getFirst()) != null;
        if (!right) {
            throw ProblemType.INVALID_HEADER.because(
                    "A request has one Host, with a name or an address and perhaps a port.");
        }
    }

    /** An absolute URL counts more than Host (RFC 9112, 3.2.2). */
    private static Headers withHost(Headers headers, @Nullable String authority) {
        if (authority == null) {
            return headers;
        }
        var fields = new ArrayList<Map.Entry<String, String>>();
        fields.add(Map.entry("Host", authority));
        headers.forEach((name, value) -> {
            if (!"Host".equalsIgnoreCase(name)) {
                fields.add(Map.entry(name, value));
            }
        });
        return Headers.of(fields);
    }

    /** HTTP/1.0 knows no interim answer, so there the expectation is ignored (RFC 9110, 10.1.1). */
    private static boolean expectsContinue(Headers headers, int minorVersion) {
        List<String> expectations = headers.all("Expect");
        if (!expectations.stream().allMatch("100-continue"::equalsIgnoreCase)) {
            throw ProblemType.EXPECTATION_FAILED.because(
                    "The only expectation that this server can meet is 100-continue.");
        }
        return !expectations.isEmpty() && minorVersion > 0;
    }

    private static boolean keepAlive(Headers headers, int minorVersion) {
        List<String> options = FieldRules.list(headers, "Connection");
        if (!options.stream().allMatch(FieldRules::isToken)) {
            throw ProblemType.INVALID_HEADER.because("Connection is a list of names.");
        }
        if (options.stream().anyMatch("close"::equalsIgnoreCase)) {
            return false;
        }
        return minorVersion > 0 || options.stream().anyMatch("keep-alive"::equalsIgnoreCase);
    }
}
