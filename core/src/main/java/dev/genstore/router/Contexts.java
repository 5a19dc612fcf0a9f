package dev.genstore.router;

import java.util.HashMap;
import java.util.Map;

/**
 * The objects that actions work with, each under one type.
 *
 * <p>Immutable.
 */
public final class Contexts {
    private final Map<Class<?>, Object> byType;

    private Contexts(Map<Class<?>, Object> byType) {
        this.byType = Map.copyOf(byType);
    }

    /** No context. */
    public static Contexts none() {
        return new Contexts(Map.of());
    }

    /**
     * These and one more.
     *
     * @throws IllegalArgumentException when there is one of this type already
     */
    public <C> Contexts with(Class<C> type, C context) {
        if (byType.containsKey(type)) {
            throw new IllegalArgumentException(
                    "There are two contexts of type " + type.getName() + ".");
        }
        var more = new HashMap<>(byType);
        more.put(type, type.cast(context));
        return new Contexts(more);
    }

    boolean has(Class<?> type) {
        return byType.containsKey(type);
    }

    <C> C of(Class<C> type) {
        Object context = byType.get(type);
        if (context == null) {
            throw new IllegalStateException("no context of type " + type.getName());
        }
        return type.cast(context);
    }
}
