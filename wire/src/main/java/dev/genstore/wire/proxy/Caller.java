package dev.genstore.wire.proxy;

import dev.genstore.router.ClientAddress;
import dev.genstore.wire.http.Scheme;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What is known of a client by the way that its request came. Immutable.
 *
 * @param address where it is
 * @param scheme by which scheme it asks; null when that is not known
 */
public record Caller(ClientAddress address, @Nullable Scheme scheme) {
    public Caller {
        Objects.requireNonNull(address, "address");
    }
}
