package dev.genstore.store;

import dev.genstore.resource.Names;

import java.util.List;
import java.util.function.Function;

/**
 * Makes a {@link Batch} one that may be repeated: it is done once, and whoever repeats it is given
 * the answer that it had. The answer is kept in the same transaction as the changes.
 *
 * <p>Immutable.
 *
 * @param key what its writer calls it
 * @param request tells what was asked for, for example a hash; the same key with another one is
 *     refused
 * @param answer makes the answer of what became of the writes; called on the writer thread, so it
 *     must be quick
 */
public record Once(String key, String request, Function<List<Outcome>, String> answer) {
    public Once {
        Names.idempotencyKey(key);
    }
}
