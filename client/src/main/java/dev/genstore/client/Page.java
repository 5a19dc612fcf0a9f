package dev.genstore.client;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list, all of one state. Immutable.
 *
 * @param position the state that this is; a watch goes on from it
 * @param next the path of the next page; empty on the last one
 */
public record Page<T>(List<T> items, String position, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
