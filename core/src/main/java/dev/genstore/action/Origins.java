package dev.genstore.action;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Request;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** The {@code Request-Id} by which a writer knows its own events again. */
final class Origins {
    private static final Pattern FORM = Pattern.compile("[!#-\\[\\]-~]{1,128}");

    private Origins() {}

    /**
     * The id, or null when the writer sent none.
     *
     * @throws dev.genstore.resource.Problem 400 when events could not carry it as it is
     */
    static @Nullable String of(Request request) {
        String id = request.header("Request-Id").orElse(null);
        if (id != null && !FORM.matcher(id).matches()) {
            throw ProblemType.INVALID_HEADER.because(
                    "Request-Id is 1 to 128 visible ASCII characters without quotes and backslashes.");
        }
        return id;
    }
}
