package dev.genstore.router;

import dev.genstore.resource.ProblemType;

import java.util.Locale;
import java.util.Set;

/** Content types of requests (RFC 9110, 8.3). */
public final class MediaTypes {
    /** That of JSON. */
    public static final String JSON = "application/json";

    private MediaTypes() {}

    /**
     * The request's content type without parameters, in lower case.
     *
     * @throws dev.genstore.resource.Problem 415 when it is not one of these or is missing
     */
    public static String require(Request request, Set<String> supported) {
        refuseCodings(request);
        String given = request.header("Content-Type").orElse("");
        String[] parts = given.split(";", 2);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        if (!supported.contains(type) || !isUtf8(parts)) {
            String named = type.isEmpty()
                    ? "There is no Content-Type"
                    : "The Content-Type '" + given + "' is not known here";
            throw ProblemType.UNSUPPORTED_MEDIA_TYPE.because(named + "; supported: "
                    + String.join(", ", supported.stream().sorted().toList()) + ", in UTF-8.");
        }
        return type;
    }

    /** Nothing is unpacked here; as it is, the body would not be what it says. */
    private static void refuseCodings(Request request) {
        String coding = request.headers().joined("Content-Encoding").orElse("identity");
        if (!"identity".equalsIgnoreCase(coding)) {
            throw ProblemType.UNSUPPORTED_MEDIA_TYPE
                    .because("The Content-Encoding '" + coding
                            + "' is not known here; send the body as it is.")
                    .with("Accept-Encoding", "identity");
        }
    }

    /** JSON has no charset parameter, but many clients send the one that it has to be. */
    private static boolean isUtf8(String[] parts) {
        if (parts.length == 1) {
            return true;
        }
        String parameter = parts[1].strip().toLowerCase(Locale.ROOT).replace("\"", "");
        return parameter.isEmpty()
                || !parameter.startsWith("charset=")
                || "charset=utf-8".equals(parameter);
    }
}
