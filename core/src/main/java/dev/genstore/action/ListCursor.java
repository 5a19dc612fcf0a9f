package dev.genstore.action;

import dev.genstore.resource.ProblemType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where a list goes on: behind a name or an id. It is opaque to clients, and stable under writes, as
 * it names a place in the order and not a number of rows.
 */
final class ListCursor {
    private static final Pattern FORM = Pattern.compile("1:([A-Za-z0-9._~-]{1,128})");

    private ListCursor() {}

    static String behind(String name) {
        byte[] text = ("1:" + name).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /**
     * The name behind which the list goes on.
     *
     * @throws dev.genstore.resource.Problem 400 when no list gave this cursor
     */
    static String read(String cursor) {
        var matcher = FORM.matcher(decode(cursor));
        if (!matcher.matches()) {
            throw malformed();
        }
        return matcher.group(1);
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException failure) {
            throw malformed();
        }
    }

    private static RuntimeException malformed() {
        return ProblemType.INVALID_PARAMETER.because(
                "A cursor is what 'next' of an earlier page gave; take it as it is.");
    }
}
