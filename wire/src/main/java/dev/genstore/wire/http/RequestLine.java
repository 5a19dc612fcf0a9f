package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.util.regex.Pattern;

/**
 * The first line of a request: {@code method SP target SP version} (RFC 9112, 3).
 *
 * <p>Immutable.
 */
record RequestLine(String method, RequestTarget target, int minorVersion) {
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

    /**
     * Reads a line without its CRLF.
     *
     * @throws Problem 400 {@code bad-request}, 501 or 505
     */
    static RequestLine parse(String line) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first == last || !FieldRules.isToken(line.substring(0, first))) {
            throw malformed();
        }
        String method = line.substring(0, first);
        int minorVersion = minorVersion(line.substring(last + 1));
        return new RequestLine(
                method, RequestTarget.parse(method, line.substring(first + 1, last)), minorVersion);
    }

    private static int minorVersion(String version) {
        return switch (version) {
            case "HTTP/1.1" -> 1;
            case "HTTP/1.0" -> 0;
            default -> throw otherVersion(version);
        };
    }

    private static Problem otherVersion(String version) {
        return VERSION.matcher(version).matches()
                ? ProblemType.VERSION_NOT_SUPPORTED.because(
                        version + " is not spoken here; use HTTP/1.1.")
                : malformed();
    }

    private static Problem malformed() {
        return ProblemType.BAD_REQUEST.because(
                "A request begins with its method, its URL and HTTP/1.1, one space between each.");
    }
}
