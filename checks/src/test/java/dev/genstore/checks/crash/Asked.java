package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

/**
 * What somebody follows. Immutable.
 *
 * @param transport how
 * @param target the path
 * @param data what is wanted of each change: {@code full}, {@code patch} or {@code none}
 */
record Asked(Transport transport, String target, String data) {
    /** The path and query behind this position, or from now on when there is none. */
    String url(@Nullable String position) {
        return target + "?data=" + data + (position == null ? "" : "&since=" + position);
    }

    /** Whether a change of this resource belongs to it. */
    boolean covers(String resource) {
        return resource.equals(target) || resource.startsWith(target + '/');
    }

    @Override
    public String toString() {
        return transport + " on " + target + " with data=" + data;
    }
}
