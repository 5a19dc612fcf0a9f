package dev.genstore.wire.proxy;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.wire.http.Scheme;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one proxy says of whom it has a request from, as it came. Immutable.
 *
 * @param field the header field that says it
 * @param node where that is: an address, perhaps with a port, {@code unknown}, or a name of the
 *     proxy's own with a leading {@code _} (RFC 7239, 6)
 * @param scheme by which scheme it was asked; null when it does not say
 */
record Hop(String field, String node, @Nullable Scheme scheme) {
    private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";
    private static final Pattern BRACKETS = Pattern.compile("\\[([^]]*)]" + PORT);
    private static final Pattern PLAIN = Pattern.compile("([^:]*)" + PORT);
    private static final Pattern HIDDEN = Pattern.compile("unknown|_[A-Za-z0-9._-]+");

    /**
     * The one that it speaks of.
     *
     * @throws dev.genstore.resource.Problem 400 when that is not understood
     */
    Caller caller() {
        return new Caller(address(), scheme);
    }

    private ClientAddress address() {
        return ClientAddress.parse(node).orElseGet(this::withPort);
    }

    private ClientAddress withPort() {
        Matcher parts = BRACKETS.matcher(node);
        if (!parts.matches()) {
            parts = PLAIN.matcher(node);
            if (!parts.matches()) {
                throw wrong();
            }
        }
        String place = parts.group(1);
        return HIDDEN.matcher(place).matches()
                ? ClientAddress.UNKNOWN
                : ClientAddress.parse(place).orElseThrow(this::wrong);
    }

    private RuntimeException wrong() {
        return ProblemType.INVALID_HEADER.because(
                field + " has no address where it must have one; see how the proxy writes it.");
    }
}
