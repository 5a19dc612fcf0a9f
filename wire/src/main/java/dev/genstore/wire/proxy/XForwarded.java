package dev.genstore.wire.proxy;

import dev.genstore.router.Headers;
import dev.genstore.wire.http.Scheme;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * {@code X-Forwarded-For}, a list of addresses, and {@code X-Forwarded-Proto}, which most proxies set
 * anew and which so is said by the last one. No standard has them, all proxies do.
 */
final class XForwarded {
    static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";

    private XForwarded() {}

    /** The hops, the first one first; none where nothing is said. */
    static List<Hop> hops(Headers headers) {
        Scheme scheme = scheme(headers);
        return headers.joined(FOR).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(node -> new Hop(FOR, node.strip(), scheme))
                .toList();
    }

    private static @Nullable Scheme scheme(Headers headers) {
        String said = headers.joined(PROTO).orElse("");
        return Scheme.named(said.substring(said.lastIndexOf(',') + 1).strip());
    }
}
