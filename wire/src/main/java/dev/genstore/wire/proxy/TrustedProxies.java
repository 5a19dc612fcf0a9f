package dev.genstore.wire.proxy;

import dev.genstore.router.ClientAddress;
import dev.genstore.router.Headers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The proxies whose word is taken for where a client is. What others say of it is ignored, as any
 * client can say it.
 *
 * <p>Each proxy adds the address that it sees to those that came in, at the end. So the list is read
 * from there, and the first address that is not a trusted proxy's is the client's: what is in front of
 * it may be invented. Where all are trusted the client is one of them.
 *
 * <p>Immutable.
 *
 * @param ranges where they are
 * @param telling how they say it
 */
public record TrustedProxies(Set<AddressRange> ranges, Telling telling) {
    /** Nobody is trusted. */
    public static final TrustedProxies NONE = new TrustedProxies(Set.of(), Telling.X_FORWARDED);

    public TrustedProxies {
        ranges = Set.copyOf(ranges);
        Objects.requireNonNull(telling, "telling");
        if (ranges.isEmpty() && telling == Telling.PROXY_PROTOCOL) {
            throw new IllegalArgumentException(
                    "The PROXY protocol is taken from trusted proxies only, and there are none.");
        }
    }

    /** Whether this is the address of one of them. */
    public boolean trusts(ClientAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Whether a connection begins with a header of the PROXY protocol. */
    public boolean speakFirst() {
        return telling == Telling.PROXY_PROTOCOL;
    }

    /** Whether each request says whom it is from. */
    public boolean speakInRequests() {
        return !ranges.isEmpty() && !speakFirst();
    }

    /**
     * Who makes a request, where a trusted proxy says it; else null.
     *
     * @param connected the other end of its connection
     * @throws dev.genstore.resource.Problem 400 when a trusted proxy says what nobody understands
     */
    public @Nullable Caller caller(ClientAddress connected, Headers headers) {
        return trusts(connected) ? firstUntrusted(hops(headers)) : null;
    }

    private List<Hop> hops(Headers headers) {
        return switch (telling) {
            case X_FORWARDED -> XForwarded.hops(headers);
            case FORWARDED -> Forwarded.hops(headers);
            case PROXY_PROTOCOL -> List.of();
        };
    }

    /** What is in front of the hop that counts is not even looked at. */
    private @Nullable Caller firstUntrusted(List<Hop> hops) {
        Caller caller = null;
        for (Hop hop : hops.reversed()) {
            caller = hop.caller();
            if (!trusts(caller.address())) {
                return caller;
            }
        }
        return caller;
    }
}
