package dev.genstore.wire;

import dev.genstore.wire.proxy.TrustedProxies;

import java.util.Objects;
import java.util.Set;

/**
 * By which names, and through whom, a server is reached. Immutable.
 *
 * @param hosts the names that it may be called by while it asks nobody for credentials, besides
 *     addresses, {@code localhost} and the name that it listens on
 * @param proxies whose word is taken for where clients are
 */
public record Entrance(Set<String> hosts, TrustedProxies proxies) {
    /** Directly, by no further name. */
    public static final Entrance DEFAULT = new Entrance(Set.of(), TrustedProxies.NONE);

    public Entrance {
        hosts = Set.copyOf(hosts);
        Objects.requireNonNull(proxies, "proxies");
    }
}
