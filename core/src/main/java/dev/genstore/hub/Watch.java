package dev.genstore.hub;

import dev.genstore.resource.Target;

import java.util.Objects;

/**
 * What somebody follows. Equal watches see the same events, so their watchers share one encoding.
 *
 * <p>Immutable.
 *
 * @param target which changes it sees
 * @param data what it is told of each
 */
public record Watch(Target target, DataMode data) {
    public Watch {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(data, "data");
    }
}
