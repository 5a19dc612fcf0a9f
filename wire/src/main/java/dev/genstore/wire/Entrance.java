package dev.genstore.wire;

import dev.genstore.wire.proxy.TrustedProxies;
import dev.genstore.wire.tls.TlsFiles;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Set;

/**
 * By which names, through whom, and how secured a server is reached. Immutable.
 *
 * @param hosts the names that it may be called by while it asks nobody for credentials, besides
 *     addresses, {@code localhost} and the name that it listens on
 * @param proxies whose word is taken for where clients are
 * @param tls where the certificate is that connections are secured with; null for plain ones
 */
public record Entrance(
        Set<String> hosts, TrustedProxies proxies, @Nullable TlsFiles tls) {
    /** Directly, by no further name, without TLS. */
    public static final Entrance DEFAULT = new Entrance(Set.of(), TrustedProxies.NONE, null);

    public Entrance {
        hosts = Set.copyOf(hosts);
        Objects.requireNonNull(proxies, "proxies");
    }

    /** The same with TLS, or without it. */
    public Entrance withTls(@Nullable TlsFiles other) {
        return new Entrance(hosts, proxies, other);
    }

    /** The same through other proxies. */
    public Entrance withProxies(TrustedProxies other) {
        return new Entrance(hosts, other, tls);
    }
}
